// SPDX-License-Identifier: GPL-3.0-or-later
#include "check.h"

#include "project.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace vedette::cartographer {

namespace {

QJsonObject json(const wire::Said& said) {
    QJsonObject args;
    for (const auto& [name, value] : said.args)
        args.insert(QString::fromStdString(name), QString::fromStdString(value));
    return {{QStringLiteral("code"), QString::fromStdString(said.code)}, {QStringLiteral("args"), args}};
}

QJsonObject json(const wire::Layer& layer) {
    return {{QStringLiteral("id"), QString::fromStdString(layer.id)},
            {QStringLiteral("name"), QString::fromStdString(layer.name)},
            {QStringLiteral("provider"), QString::fromStdString(layer.provider)},
            {QStringLiteral("crs"), QString::fromStdString(layer.crs)},
            {QStringLiteral("valid"), layer.valid}};
}

} // namespace

wire::ExitCode checkProject(const std::string& project, bool network) {
    const auto absolute = QFileInfo(QString::fromStdString(project)).absoluteFilePath().toStdString();
    const auto result = openProject({absolute, {}, {}}, network);
    QJsonArray layers, problems;
    if (const auto* opened = std::get_if<wire::Opened>(&result)) {
        for (const auto& layer : opened->layers)
            layers.append(json(layer));
        for (const auto& problem : opened->problems)
            problems.append(json(problem));
    } else {
        problems.append(json(std::get<wire::Said>(result)));
    }
    const QJsonObject report{{QStringLiteral("ok"), problems.isEmpty()},
                             {QStringLiteral("layers"), layers},
                             {QStringLiteral("problems"), problems}};
    std::fputs(QJsonDocument(report).toJson(QJsonDocument::Compact).append('\n').constData(), stdout);
    std::fflush(stdout);
    return problems.isEmpty() ? wire::ExitCode::done : wire::ExitCode::refused;
}

} // namespace vedette::cartographer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cartographer_client_process.h"

#include "wire/message.h"

#include <QProcessEnvironment>
#include <QTimer>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace vedette::map {

namespace {

constexpr qsizetype lastWordsKept = 4096;
constexpr int quitGraceMs = 2000;

// The console's Qt settings (plugin folders, platform, style) mean nothing to a helper of another Qt.
QProcessEnvironment helperEnvironment() {
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_PLATFORMTHEME",
                             "QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    return environment;
}

QStringList argumentsOf(const CartographerReach& reach, const QString& socket, const QString& scratch) {
    QStringList arguments{QStringLiteral("--socket"), socket, QStringLiteral("--write"), scratch};
    std::vector<std::filesystem::path> readable{reach.workspace, reach.project.parent_path()};
    readable.insert(readable.end(), reach.allowFolders.begin(), reach.allowFolders.end());
    for (const auto& folder : readable)
        if (!folder.empty())
            arguments << QStringLiteral("--read") << QString::fromStdString(folder.string());
    if (reach.network)
        arguments << QStringLiteral("--network");
    if (reach.memoryBytes > 0)
        arguments << QStringLiteral("--memory") << QString::number(reach.memoryBytes >> 20);
    if (reach.cpuSeconds > 0)
        arguments << QStringLiteral("--cpu") << QString::number(reach.cpuSeconds);
    return arguments;
}

std::string lastLine(const QByteArray& words) {
    const auto lines = words.trimmed().split('\n');
    return lines.last().trimmed().toStdString();
}

std::string signalName(int number) {
    const char* abbreviation = sigabbrev_np(number);
    return abbreviation ? std::string("SIG") + abbreviation : std::to_string(number);
}

} // namespace

void CartographerProcess::start(const CartographerReach& reach, const QString& socket,
                                const QString& scratch) {
    const std::filesystem::path program = reach.program;
    process_.setProgram(QString::fromStdString(program.string()));
    process_.setArguments(argumentsOf(reach, socket, scratch));
    auto environment = helperEnvironment();
    environment.insert(QStringLiteral("TMPDIR"), scratch);
    process_.setProcessEnvironment(environment);
    const auto mib = std::to_string(reach.memoryBytes >> 20);
    process_.setStandardInputFile(QProcess::nullDevice());
    process_.setStandardOutputFile(QProcess::nullDevice());
    const pid_t console = ::getpid();
    process_.setChildProcessModifier([console] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != console) // it died between fork and prctl
            ::_exit(0);
    });
    connect(&process_, &QProcess::readyReadStandardError, this, [this] { readLastWords(); });
    connect(&process_, &QProcess::errorOccurred, this, [this, program](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            report({"cartographerMissing",
                    {{"path", program.string()}, {"cause", process_.errorString().toStdString()}}});
    });
    connect(&process_, &QProcess::finished, this, [this, mib](int code, QProcess::ExitStatus status) {
        readLastWords();
        if (status == QProcess::CrashExit)
            report({"cartographerCrashed", {{"signal", signalName(code)}}});
        else if (code == static_cast<int>(wire::ExitCode::outOfMemory))
            report({"cartographerOutOfMemory", {{"mib", mib}}});
        else
            report(
                {"cartographerExited", {{"code", std::to_string(code)}, {"detail", lastLine(lastWords_)}}});
    });
    process_.start(QIODevice::ReadOnly);
}

CartographerProcess::~CartographerProcess() {
    process_.disconnect(this);
    process_.kill();
    process_.waitForFinished();
}

void CartographerProcess::abandon(bool atOnce) {
    abandoned_ = true;
    if (process_.state() == QProcess::NotRunning)
        deleteLater();
    else if (atOnce)
        process_.kill();
    else
        QTimer::singleShot(quitGraceMs, &process_, [this] { process_.kill(); });
}

void CartographerProcess::report(layers::Message why) {
    if (abandoned_)
        deleteLater();
    else if (ended)
        ended(std::move(why));
}

void CartographerProcess::readLastWords() {
    lastWords_ += process_.readAllStandardError();
    lastWords_ = lastWords_.right(lastWordsKept);
}

} // namespace vedette::map

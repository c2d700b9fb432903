// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/sheet.h"

#include "cartographer_errand.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <system_error>

namespace vedette::map {

namespace {

std::string causeOf(int number) {
    return std::generic_category().message(number);
}

// A helper that prints isn't started again, as the map's is.
layers::Message ofSheet(layers::Message why) {
    if (why.code == "cartographerCrashed")
        why.code = "sheetHelperCrashed";
    else if (why.code == "cartographerExited")
        why.code = "sheetHelperExited";
    else if (why.code == "cartographerOutOfMemory")
        why = {"sheetOutOfMemory", {}};
    else if (why.code == "cartographerGarbage")
        why.code = "sheetFailed";
    return why;
}

} // namespace

struct SheetPrinter::Impl {
    SheetPrinter& self;
    CartographerErrand* errand = nullptr;
    QString out;

    void let() {
        if (auto* old = std::exchange(errand, nullptr))
            old->deleteLater();
    }
    void fail(layers::Message why) {
        let();
        emit self.failed(why);
    }
    // Beside its place first: what stood there is replaced by a whole sheet or not at all. Empty: done, else
    // why not.
    std::string put(const QString& from, const QString& to) {
        const QString beside = to + QStringLiteral(".part");
        QFile::remove(beside);
        if (QFile file(from); !file.copy(beside)) {
            QFile::remove(beside);
            return file.errorString().toStdString();
        }
        std::error_code error;
        std::filesystem::rename(beside.toStdString(), to.toStdString(), error);
        if (error)
            QFile::remove(beside);
        return error ? error.message() : std::string();
    }
    void finish(const wire::Printed& printed) {
        const QFileInfo target(out);
        QStringList files;
        for (const std::string& file : printed.files) {
            const QString number =
                QFileInfo(QString::fromStdString(file)).completeBaseName().mid(5); // "sheet"
            const QString to = target.dir().filePath(target.completeBaseName() + number + QLatin1Char('.') +
                                                     target.suffix());
            if (const std::string cause = put(QString::fromStdString(file), to); !cause.empty())
                return fail({"sheetUnwritable", {{"path", to.toStdString()}, {"cause", cause}}});
            files << to;
        }
        std::vector<layers::Message> problems;
        for (const auto& said : printed.problems)
            problems.push_back({said.code, said.args});
        let();
        emit self.printed(files, problems);
    }
};

SheetPrinter::SheetPrinter(QObject* parent) : QObject(parent), impl_(new Impl{*this, nullptr, {}}) {}

SheetPrinter::~SheetPrinter() {
    delete impl_->errand;
}

void SheetPrinter::print(CartographerReach reach, Sheets sheets, const std::filesystem::path& out) {
    impl_->let();
    impl_->out = QFileInfo(QString::fromStdString(out.string())).absoluteFilePath();
    auto* errand = impl_->errand = new CartographerErrand(std::move(reach), this);
    sheets.path = errand->scratch().path().toStdString() + "/sheet." + sheets.format;
    errand->progressed = [this](int done, int of) { emit progressed(done, of); };
    errand->failed = [this](layers::Message why) { impl_->fail(ofSheet(std::move(why))); };
    errand->answered = [this](wire::Body answer) {
        if (const auto* printed = std::get_if<wire::Printed>(&answer))
            impl_->finish(*printed);
        else
            impl_->fail({"cartographerGarbage", {{"cause", "outOfTurn"}}});
    };
    if (!wire::fits({1, sheets}))
        return impl_->fail({"sheetTooBig", {}});
    const QFileInfo folder(QFileInfo(impl_->out).absolutePath());
    const int refusal = !folder.exists()       ? ENOENT
                        : !folder.isDir()      ? ENOTDIR
                        : !folder.isWritable() ? EACCES
                        : QFileInfo(impl_->out).isDir() ? EISDIR
                                                        : 0;
    if (refusal)
        return impl_->fail(
            {"sheetUnwritable", {{"path", impl_->out.toStdString()}, {"cause", causeOf(refusal)}}});
    errand->ask(std::move(sheets));
}

void SheetPrinter::cancel() {
    if (auto* errand = std::exchange(impl_->errand, nullptr)) {
        delete errand;
        emit failed({"cancelled", {}});
    }
}

bool SheetPrinter::busy() const {
    return impl_->errand != nullptr;
}

} // namespace vedette::map

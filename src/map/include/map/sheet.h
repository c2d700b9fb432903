// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/message.h"
#include "map/cartographer_reach.h"
#include "wire/errand.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace vedette::map {

// What stands on printed sheets (wire/errand.h has the fields and their units); `path` is filled in here.
using Sheets = wire::Print;
using SheetPage = wire::SheetPage;
using SheetAreas = wire::SheetLayer;
using SheetShape = wire::SheetShape;
using SheetMark = wire::SheetMark;
using SheetMarkKind = wire::MarkKind;

// Prints sheets in a helper of their own, so that neither the map waits for them nor they for it. Lives on
// one thread with an event loop, never blocks it. One job at a time; a new one ends the one before. Without a
// project in the reach the areas stand on white.
class SheetPrinter : public QObject {
    Q_OBJECT
public:
    explicit SheetPrinter(QObject* parent = nullptr);
    ~SheetPrinter() override; // ends the job, nothing is left behind
    // `out` is replaced only once everything is written; images beyond the first are "NAME 2.png" and so on.
    void print(CartographerReach reach, Sheets sheets, const std::filesystem::path& out);
    void cancel(); // at once, whatever the helper is doing; `failed` says cancelled
    bool busy() const;

signals:
    void progressed(int done, int of);
    void printed(const QStringList& files, const std::vector<vedette::layers::Message>& problems);
    // cancelled, cartographerMissing, sheetTooBig, sheetUnwritable {path, cause}, sheetFailed {cause},
    // sheetHelperCrashed {signal}, sheetHelperExited {code, detail}, sheetOutOfMemory, what the helper says
    void failed(const vedette::layers::Message& why);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace vedette::map

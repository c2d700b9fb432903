// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/message.h"

#include <qgsmaprendererparalleljob.h>

#include <QObject>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace vedette::cartographer {

// Draws the open project on QGIS's own threads; the newest request cancels the one being drawn, which then
// gets no answer. Everything here is called on the main thread.
class Drawing : public QObject {
public:
    using Answer = std::function<void(std::uint64_t generation, const QImage&, std::vector<wire::Said>)>;
    Drawing(std::function<void()> begins, Answer answer) : begins_(std::move(begins)), answer_(std::move(answer)) {}

    void setCrs(std::string crs) { crs_ = std::move(crs); }
    void draw(std::uint64_t generation, const wire::Render& render);
    void cancel(); // without waiting

private:
    void startNext();
    void onFinished(QgsMapRendererParallelJob* job);
    struct Wanted {
        std::uint64_t generation = 0;
        wire::Render render;
    };
    std::function<void()> begins_; // before each drawing that is begun
    Answer answer_;
    std::string crs_;
    std::optional<Wanted> wanted_;             // not begun
    QgsMapRendererParallelJob* job_ = nullptr; // the one whose answer counts
    std::uint64_t generation_ = 0;             // its generation
    int windingDown_ = 0;                      // cancelled jobs that have not ended
};

} // namespace vedette::cartographer

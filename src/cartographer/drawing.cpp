// SPDX-License-Identifier: GPL-3.0-or-later
#include "drawing.h"

#include "project.h"

namespace vedette::cartographer {

// A layer deep in its provider ends late. The next drawing does not wait for it, but they must not pile up.
constexpr int mostWindingDown = 3;

void Drawing::draw(std::uint64_t generation, const wire::Render& render) {
    cancel();
    wanted_ = Wanted{generation, render};
    // Not before the messages already received are read: one of them may be newer still.
    QMetaObject::invokeMethod(
        this, [this] { startNext(); }, Qt::QueuedConnection);
}

void Drawing::cancel() {
    wanted_.reset();
    if (auto* job = std::exchange(job_, nullptr)) {
        ++windingDown_;
        job->cancelWithoutBlocking();
    }
}

void Drawing::startNext() {
    if (!wanted_ || job_ || windingDown_ >= mostWindingDown)
        return;
    const Wanted wanted = *std::exchange(wanted_, std::nullopt);
    generation_ = wanted.generation;
    begins_();
    auto* job = new QgsMapRendererParallelJob(mapSettings(wanted.render, crs_));
    job_ = job;
    connect(job, &QgsMapRendererJob::finished, this, [this, job] { onFinished(job); });
    job->start();
}

void Drawing::onFinished(QgsMapRendererParallelJob* job) {
    job->deleteLater();
    if (job == job_) {
        job_ = nullptr;
        std::vector<wire::Said> problems;
        for (const auto& error : job->errors())
            problems.push_back(layerNotDrawn(error.layerID, error.message));
        answer_(generation_, job->renderedImage(), std::move(problems));
    } else {
        --windingDown_;
    }
    startNext();
}

} // namespace vedette::cartographer

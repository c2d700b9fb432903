// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "render_worker.h"

#include <QWidget>

#include <memory>

namespace vedette::map {

// A small map of the whole city, north up, with a frame around what the canvas shows. A click or a drag says
// where to look. Draws on a worker of its own, which is there from the first time it is shown.
class OverviewMap : public QWidget {
    Q_OBJECT
public:
    explicit OverviewMap(QWidget* parent);
    ~OverviewMap() override;
    void setScene(std::shared_ptr<const Scene> scene);
    void setWhole(const layers::Box& whole);
    void setLooked(const View& looked); // what the canvas shows
    bool settled() const;
    QSize sizeHint() const override; // of the city's proportions

signals:
    // The middle of the canvas is wanted here. `first`: the button went down; what follows is one gesture.
    void lookWanted(vedette::layers::Point centre, bool first);

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void showEvent(QShowEvent*) override;

private:
    void draw();
    QPolygonF frame() const;

    std::shared_ptr<const Scene> scene_; // without what is too fine for it
    layers::Box whole_;
    View view_, looked_;
    RenderWorker::Frame shown_;
    std::uint64_t newest_ = 0;
    std::optional<QPointF> grip_; // from the pointer to the middle of the frame, while the button is down
    std::unique_ptr<RenderWorker> worker_;
};

} // namespace vedette::map

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/risk_surface.h"
#include "dispatch/area_statistics.h"
#include "map/feature_layer.h"
#include "map/tilted.h"
#endif
#include "console/desk.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;

namespace vedette::console {

class Latest;

// The picture itself: turned and tilted by dragging, moved by the right button (or Shift), zoomed by the wheel; arrows,
// +, - and Home do the same. Drawn on a worker, newest wins: coarse while it moves, fine once it rests. The last
// picture stays until the next is there.
class TiltedCanvas : public QWidget {
    Q_OBJECT
public:
    explicit TiltedCanvas(QWidget* parent = nullptr);
    ~TiltedCanvas() override;
    void setScene(std::shared_ptr<const map::TiltedScene> scene); // the view stays; the first is seen whole
    const map::TiltedView& view() const { return view_; }
    std::optional<layers::AreaIndex> chosen() const { return chosen_; }
    bool settled() const;
    const QImage& shown() const { return image_; }
    void goHome();
    // What a tool tip says of a prism, an index into the scene's.
    void setWords(std::function<QString(const map::TiltedScene&, std::size_t)> words) { words_ = std::move(words); }

signals:
    void areaPicked(quint32 area);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void draw(bool coarse);
    void turnBy(double turn, double tilt);
    void moveBy(QPointF pixels);
    void zoomAt(QPointF at, double factor);
    Latest* drawer_;
    std::function<QString(const map::TiltedScene&, std::size_t)> words_;
    std::shared_ptr<const map::TiltedScene> scene_;
    map::TiltedView view_;
    std::optional<layers::AreaIndex> chosen_;
    QImage image_;
    std::shared_ptr<std::atomic<bool>> cancel_;
    QTimer rest_;
    QPointF pressed_, last_;
    bool home_ = true, moved_ = false, fine_ = false, fineAsked_ = false;
};

// The tilted picture over the window's work, with what it shows: a figure per area of a kind, of the incidents that
// the risk surface is made of; or the buildings of an added layer that says how high they are, in the colours of the
// figure of the area each stands in.
class TiltedPage : public QWidget {
    Q_OBJECT
public:
    explicit TiltedPage(Desk& desk, QWidget* parent = nullptr);
    ~TiltedPage() override;
    void begin(const HeatChoice& choice);
    void setLayers(const std::vector<map::FeatureLayer>& layers); // of the map; before begin()
    void restyle(); // after a change of theme
    bool settled() const;
    TiltedCanvas& canvas() { return *canvas_; }

signals:
    void leave();

private:
    void count();
    void take();
    void offerKinds();
    QString wordsOf(const map::TiltedScene& scene, std::size_t prism) const;
    layers::AreaKind kind() const; // that is counted: of buildings the smallest there is
    struct Buildings {
        QString name;
        layers::Snapshot snapshot;
        map::HeightColumn height;
    };
    const Buildings* buildings() const; // null: areas are shown
    QString figureWords(quint32 area) const;
    std::function<layers::AreaIndex(layers::Point)> areaAt() const;
    std::vector<Buildings> buildings_;
    Desk& desk_;
    Latest* maker_;
    TiltedCanvas* canvas_;
    QComboBox *measure_, *kind_;
    QLabel* told_;
    HeatChoice choice_;
    std::optional<HeatChoice> countedOf_;
    dispatch::AreaStatistics statistics_;
    bool pending_ = false;
};

} // namespace vedette::console

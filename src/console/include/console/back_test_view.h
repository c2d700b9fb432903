// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN
#include "console/risk_surface.h"
#include "layers/statistics.h"
#endif
#include "console/desk.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;

namespace vedette::console {

class Latest;

// Whether the surface as it is chosen would have told where the last days' incidents fell: made of what came before
// them, held against them, beside the plain surface (quartic, unweighted, no decay, the same bandwidth).
struct SurfaceTest {
    dispatch::PastChoice train, test;
    layers::BackTestCurve ours, plain;
    std::size_t trained = 0; // incidents the surface was made of
};
// The last `testDays` of the chosen period are the test. nullopt: one of the two is empty, or cancelled.
std::optional<SurfaceTest> testSurface(const dispatch::City& city, const HeatChoice& choice, int testDays,
                                       const std::atomic<bool>* cancel);
// Hit share over ground share at the step nearest to `share`; 0 where nothing fell.
double paiAt(const layers::BackTestCurve& curve, double share);
double peiAt(const layers::BackTestCurve& curve, double share);

class BackTestView : public QWidget {
    Q_OBJECT
public:
    explicit BackTestView(Desk& desk, QWidget* parent = nullptr);
    ~BackTestView() override;
    void setChoice(const HeatChoice& choice); // made anew when it is looked at
    bool busy() const;
    const std::optional<SurfaceTest>& shown() const { return shown_; }
    QString words() const;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void make();
    void showWords();
    Desk& desk_;
    Latest* maker_;
    HeatChoice choice_;
    QComboBox* days_;
    QDoubleSpinBox* share_;
    QLabel* words_;
    QWidget* curve_;
    std::optional<SurfaceTest> shown_;
    std::shared_ptr<std::atomic<bool>> cancel_;
    bool stale_ = true;
};

} // namespace vedette::console

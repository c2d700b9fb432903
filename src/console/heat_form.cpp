// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/heat_form.h"

#include "console/category.h"
#include "console/wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSpinBox>

#include <set>

namespace vedette::console {

namespace {

constexpr int ownDates = -1;

layers::Instant midnight(const layers::TimeZone& zone, QDate day) {
    return zone.instant({day.year(), day.month(), day.day(), 0, 0, 0, 0, 0});
}

QDate dayOf(const layers::TimeZone& zone, layers::Instant at) {
    const auto local = zone.local(at);
    return {local.year, local.month, local.day};
}

} // namespace

HeatForm::HeatForm(Desk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
    setObjectName(QStringLiteral("heatForm"));
    auto* rows = new QFormLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setVerticalSpacing(5);
    const auto row = [&](auto* field, const char* name, const QString& label) {
        field->setObjectName(QLatin1String(name));
        field->setAccessibleName(label);
        rows->addRow(label, field);
        return field;
    };
    period_ = row(new QComboBox(this), "heatPeriod", tr("Period"));
    for (const int days : {7, 30, 90, 365})
        period_->addItem(tr("the last %1 days").arg(days), days);
    period_->addItem(tr("everything"), everyDay);
    period_->addItem(tr("from … to …"), ownDates);
    from_ = row(new QDateEdit(this), "heatFrom", tr("From"));
    till_ = row(new QDateEdit(this), "heatTill", tr("To, whole day"));
    for (QDateEdit* one : {from_, till_})
        one->setDisplayFormat(QStringLiteral("yyyy-MM-dd")), one->setCalendarPopup(true);
    category_ = row(new QComboBox(this), "heatCategory", tr("Category"));
    category_->addItem(tr("all categories"), QString());
    std::set<std::string> groups;
    for (const dispatch::Duty& duty : desk.city().duties)
        if (const auto dot = duty.category.find('.'); dot != std::string::npos)
            groups.insert(duty.category.substr(0, dot));
    for (const std::string& group : groups)
        category_->addItem(tr("group %1").arg(q(group)), q(group + "."));
    for (const dispatch::Duty& duty : desk.city().duties)
        category_->addItem(categoryText(duty), q(duty.category));
    category_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    category_->setMinimumContentsLength(12);
    bandwidth_ = row(new QSpinBox(this), "heatBandwidth", tr("Bandwidth"));
    bandwidth_->setRange(25, 20'000);
    bandwidth_->setSingleStep(50);
    bandwidth_->setSuffix(tr(" m"));
    kernel_ = row(new QComboBox(this), "heatKernel", tr("Kernel"));
    kernel_->addItem(tr("quartic"), false);
    kernel_->addItem(tr("Gaussian"), true);
    halfLife_ = row(new QSpinBox(this), "heatHalfLife", tr("Half-life"));
    halfLife_->setRange(0, 3650);
    halfLife_->setSuffix(tr(" days"));
    halfLife_->setSpecialValueText(tr("no decay by age"));
    bySeverity_ = new QCheckBox(tr("graver ones weigh more (4 to 1)"), this);
    bySeverity_->setObjectName(QStringLiteral("heatSeverity"));
    rows->addRow(QString(), bySeverity_);
    auto* scaleRow = new QHBoxLayout;
    scale_ = new QDoubleSpinBox(this);
    scale_->setObjectName(QStringLiteral("heatScale"));
    scale_->setAccessibleName(tr("Ramp ends at"));
    scale_->setRange(0.001, 100'000);
    scale_->setDecimals(3);
    scale_->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    scale_->setToolTip(tr("events/km²/day; stays until you change it"));
    auto* fit = new QPushButton(tr("Fit"), this);
    fit->setObjectName(QStringLiteral("heatFit"));
    fit->setToolTip(tr("Ends the ramp at a round figure that suits this surface"));
    scaleRow->addWidget(scale_, 1);
    scaleRow->addWidget(fit);
    rows->addRow(tr("Ramp ends at"), scaleRow);
    for (QSpinBox* one : {bandwidth_, halfLife_})
        one->setKeyboardTracking(false);
    scale_->setKeyboardTracking(false);
    const auto now = [this] { read(); };
    connect(period_, &QComboBox::currentIndexChanged, this, now);
    for (QComboBox* one : {category_, kernel_})
        connect(one, &QComboBox::currentIndexChanged, this, now);
    for (QDateEdit* one : {from_, till_})
        connect(one, &QDateEdit::dateChanged, this, now);
    for (QSpinBox* one : {bandwidth_, halfLife_})
        connect(one, &QSpinBox::valueChanged, this, now);
    connect(scale_, &QDoubleSpinBox::valueChanged, this, now);
    connect(bySeverity_, &QCheckBox::toggled, this, now);
    connect(fit, &QPushButton::clicked, this, [this] { read(true); });
    setChoice({});
}

void HeatForm::showDates() {
    const bool own = period_->currentData().toInt() == ownDates;
    auto* rows = static_cast<QFormLayout*>(layout());
    for (QDateEdit* one : {from_, till_}) {
        one->setVisible(own);
        rows->labelForField(one)->setVisible(own);
    }
}

void HeatForm::setChoice(const HeatChoice& choice) {
    filling_ = true;
    choice_ = choice;
    const bool own = choice.from && choice.till;
    int period = period_->findData(own ? ownDates : choice.days);
    if (period < 0) {
        period_->insertItem(0, tr("the last %1 days").arg(choice.days), choice.days);
        period = 0;
    }
    period_->setCurrentIndex(period);
    const layers::TimeZone& zone = desk_.city().zone;
    if (own) {
        from_->setDate(dayOf(zone, *choice.from));
        till_->setDate(dayOf(zone, *choice.till - std::chrono::milliseconds(1)));
    }
    int category = category_->findData(q(choice.category));
    if (category < 0) {
        category_->addItem(q(choice.category) + u'*', q(choice.category));
        category = category_->count() - 1;
    }
    category_->setCurrentIndex(category);
    bandwidth_->setValue(static_cast<int>(choice.bandwidthMetres));
    kernel_->setCurrentIndex(choice.kernel == layers::Kernel::gaussian ? 1 : 0);
    halfLife_->setValue(static_cast<int>(choice.halfLifeDays));
    bySeverity_->setChecked(choice.bySeverity);
    scale_->setValue(choice.scaleMax);
    showDates();
    filling_ = false;
}

void HeatForm::read(bool fit) {
    if (filling_)
        return;
    const layers::TimeZone& zone = desk_.city().zone;
    const int days = period_->currentData().toInt();
    if (days == ownDates) {
        if (!choice_.from) { // begun with what was shown: the same days, named
            const auto past = pastOf(desk_.city(), choice_);
            filling_ = true;
            from_->setDate(dayOf(zone, past.from));
            till_->setDate(dayOf(zone, past.till - std::chrono::milliseconds(1)));
            filling_ = false;
        }
        if (till_->date() < from_->date()) {
            filling_ = true;
            till_->setDate(from_->date());
            filling_ = false;
        }
        choice_.from = midnight(zone, from_->date());
        choice_.till = midnight(zone, till_->date().addDays(1));
    } else {
        choice_.from.reset(), choice_.till.reset();
        choice_.days = days;
    }
    showDates();
    choice_.category = s(category_->currentData().toString());
    choice_.bandwidthMetres = bandwidth_->value();
    choice_.kernel = kernel_->currentData().toBool() ? layers::Kernel::gaussian : layers::Kernel::quartic;
    choice_.halfLifeDays = halfLife_->value();
    choice_.bySeverity = bySeverity_->isChecked();
    // What nobody has fixed yet is still said by the first surface.
    choice_.scaleFixed = !fit && (choice_.scaleFixed || scale_->value() != choice_.scaleMax);
    if (choice_.scaleFixed)
        choice_.scaleMax = scale_->value();
    emit changed();
}

} // namespace vedette::console

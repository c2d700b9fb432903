// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/layer_properties.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QTableWidget>

namespace vedette::console {

void LayerProperties::build() {
    form_ = new QFormLayout(this);
    form_->setContentsMargins(0, 6, 0, 6);
    form_->setHorizontalSpacing(8);
    form_->setVerticalSpacing(4);
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto field = [&](auto* made, const char* name, const QString& label) {
        made->setObjectName(QLatin1String(name));
        made->setAccessibleName(label);
        made->setMinimumWidth(40);
        form_->addRow(label, made);
        return made;
    };
    const auto combo = [&](const char* name, const QString& label, const QStringList& items = {}) {
        auto* made = field(new QComboBox(this), name, label);
        made->addItems(items);
        made->setMinimumContentsLength(3);
        made->setMinimumWidth(60);
        made->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        return made;
    };
    name_ = field(new QLineEdit(this), "layerName", tr("Name"));
    opacity_ = field(new QSlider(Qt::Horizontal, this), "layerOpacity", tr("Opacity"));
    opacity_->setRange(0, 100);
    opacity_->setPageStep(10);
    QStringList scales{tr("any")};
    for (const double scale : {1e3, 2.5e3, 5e3, 1e4, 2.5e4, 5e4, 1e5, 2.5e5, 5e5, 1e6})
        scales << QStringLiteral("1:") + QString::number(scale, 'f', 0);
    nearest_ = combo("layerNearest", tr("From scale"), scales);
    farthest_ = combo("layerFarthest", tr("To scale"), scales);
    for (QComboBox* box : {nearest_, farthest_})
        box->setEditable(true);
    kind_ = combo("layerKind", tr("Look"), {tr("one look"), tr("by value"), tr("by number"), tr("by rule")});
    column_ = combo("layerColumn", tr("Column"));
    method_ =
        combo("layerMethod", tr("Classes"), {tr("natural breaks"), tr("equal counts"), tr("equal steps")});
    count_ = field(new QSpinBox(this), "layerClassCount", tr("How many"));
    count_->setRange(2, 12);
    count_->setValue(5);
    ramp_ = combo("layerRamp", tr("Colours"),
                  {tr("blue"), tr("red"), tr("green"), tr("blue to red"), tr("yellow to violet")});
    classes_ = new QTableWidget(0, 3, this);
    classes_->setObjectName(QStringLiteral("layerClasses"));
    classes_->setAccessibleName(tr("Classes of the layer"));
    form_->addRow(classes_);
    auto* ruleButtons = new QWidget(this);
    auto* line = new QHBoxLayout(ruleButtons);
    line->setContentsMargins(0, 0, 0, 0);
    addRule_ = new QPushButton(tr("Add a rule"), ruleButtons);
    removeRule_ = new QPushButton(tr("Remove it"), ruleButtons);
    line->addWidget(addRule_), line->addWidget(removeRule_), line->addStretch(1);
    form_->addRow(ruleButtons);
    width_ = field(new QDoubleSpinBox(this), "layerWidth", tr("Line width"));
    width_->setRange(0, 20), width_->setSingleStep(0.5), width_->setDecimals(1);
    marker_ = combo("layerMarker", tr("Sign"),
                    {tr("circle"), tr("square"), tr("triangle"), tr("diamond"), tr("star"), tr("cross")});
    size_ = field(new QDoubleSpinBox(this), "layerSize", tr("Size"));
    size_->setRange(2, 60), size_->setDecimals(0);
    label_ = combo("layerLabel", tr("Names"));
    labelSize_ = field(new QDoubleSpinBox(this), "layerLabelSize", tr("Name size"));
    labelSize_->setRange(6, 40), labelSize_->setDecimals(0);
    filter_ = field(new QLineEdit(this), "layerFilter", tr("Only where"));
    filter_->setPlaceholderText(tr("level >= 2 and name like '%park%'"));
    wrong_ = new QLabel(this);
    wrong_->setObjectName(QStringLiteral("ticketFlags"));
    wrong_->setWordWrap(true);
    form_->addRow(wrong_);
    read_ = new QLabel(this);
    read_->setObjectName(QStringLiteral("caption"));
    read_->setWordWrap(true);
    form_->addRow(read_);
    crs_ = field(new QLineEdit(this), "layerCrs", tr("System"));
    crs_->setPlaceholderText(QStringLiteral("EPSG:4490"));
    encoding_ = field(new QLineEdit(this), "layerEncoding", tr("Encoding"));
    encoding_->setPlaceholderText(tr("as found"));
    datum_ = combo("layerDatum", tr("Datum"),
                   {QStringLiteral("WGS 84"), QStringLiteral("CGCS2000"), QStringLiteral("GCJ-02"),
                    QStringLiteral("BD-09")});
    styleFile_ = new QPushButton(tr("Style file"), this);
    styleFile_->setObjectName(QStringLiteral("layerStyleFile"));
    form_->addRow(styleFile_);
}

} // namespace vedette::console

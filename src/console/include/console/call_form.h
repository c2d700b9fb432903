// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/desk.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace vedette::console {

class Latest;

// Takes a call: place (as one types: name, pinyin, code, coordinate; or a click on the map), category, caller
// and words; shows the areas, the duty and what may be the same incident. Enter goes on from field to field
// and opens the ticket from the last; Ctrl+Enter opens it from anywhere, also before it has a category.
class CallForm : public QWidget {
    Q_OBJECT
public:
    explicit CallForm(Desk& desk, QWidget* parent = nullptr);
    ~CallForm() override;
    void begin(std::optional<layers::Point> at = {});
    void placeAt(layers::Point at); // a click on the map
    std::optional<layers::LonLat> where() const { return at_; }

signals:
    void opened(vedette::dispatch::TicketId ticket);
    void attached(vedette::dispatch::TicketId ticket); // the call went to an open ticket instead
    void markerMoved(std::optional<vedette::layers::Point> at);
    void leave();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void searchPlace(const QString& text);
    void takePlace(int row);
    void takeCategory();
    void setPlace(layers::LonLat at, const QString& words);
    void refresh();
    void open(bool unsorted);
    void attach();
    dispatch::IncidentFacts facts() const;
    std::string category() const;

    Desk& desk_;
    Latest *finder_, *judge_;
    QLineEdit *place_ = nullptr, *caller_ = nullptr, *text_ = nullptr;
    QComboBox *category_ = nullptr, *priority_ = nullptr, *source_ = nullptr;
    QListWidget *found_ = nullptr, *same_ = nullptr;
    QLabel *areas_ = nullptr, *duty_ = nullptr, *sameTitle_ = nullptr, *problem_ = nullptr;
    QPushButton *open_ = nullptr, *attach_ = nullptr;
    std::vector<layers::Place> places_;
    std::vector<dispatch::Session::Duplicate> duplicates_;
    std::optional<layers::LonLat> at_;
    bool quiet_ = false, opening_ = false;
};

} // namespace vedette::console

// SPDX-License-Identifier: GPL-3.0-or-later
#include "cartographer_errand.h"

#include <QCoreApplication>

namespace vedette::map {

namespace {
// QGIS starts, a project is read, one sheet is drawn: none of it takes longer than this without a word.
constexpr std::chrono::minutes longestSilence{5};
} // namespace

CartographerErrand::CartographerErrand(CartographerReach reach, QObject* parent)
    : QObject(parent), reach_(std::move(reach)) {
    reach_.complete();
    patience_.setSingleShot(true);
    connect(&patience_, &QTimer::timeout, this, [this] {
        end(layers::Message{
            "sheetFailed",
            {{"cause", std::to_string(std::chrono::seconds(longestSilence).count()) + " s without a word"}}});
    });
}

CartographerErrand::~CartographerErrand() {
    over_ = true;
    link_.shut();
    delete process_; // at once: the scratch folder goes after it
}

void CartographerErrand::ask(wire::Body question) {
    question_ = std::move(question);
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(reach_.program, ignored))
        return end(
            layers::Message{"cartographerMissing", {{"path", reach_.program.string()}, {"cause", ""}}});
    if (!scratch_.ok() || !link_.listen())
        return end(layers::Message{"cartographerNoSocket", {{"cause", link_.error().toStdString()}}});
    link_.heard = [this](wire::Message message) { hear(std::move(message)); };
    link_.faulted = [this](wire::Fault fault) {
        end(layers::Message{"cartographerGarbage", {{"cause", std::string(wire::name(fault.kind))}}});
    };
    process_ = new CartographerProcess;
    process_->ended = [this](layers::Message why) { end(std::move(why)); };
    patience_.start(longestSilence);
    process_->start(reach_, link_.name(), scratch_.path());
}

void CartographerErrand::hear(wire::Message message) {
    patience_.start(longestSilence);
    if (over_)
        return;
    if (std::holds_alternative<wire::Hello>(message.body)) {
        link_.say({0, wire::Hello{"errand", qVersion(), {}}});
        link_.say({0, wire::Open{reach_.project.string(), reach_.workspace.string(), reach_.crs}});
    } else if (std::holds_alternative<wire::Opened>(message.body)) {
        link_.say({1, std::move(question_)});
    } else if (auto* progress = std::get_if<wire::Progress>(&message.body)) {
        if (progressed)
            progressed(static_cast<int>(progress->done), static_cast<int>(progress->of));
    } else if (auto* refused = std::get_if<wire::Failed>(&message.body)) {
        end(layers::Message{refused->why.code, refused->why.args});
    } else if (!std::holds_alternative<wire::Pong>(message.body)) {
        end(std::move(message.body));
    }
}

void CartographerErrand::end(layers::Message why) {
    patience_.stop();
    if (!std::exchange(over_, true))
        failed(std::move(why));
}

void CartographerErrand::end(wire::Body answer) {
    patience_.stop();
    if (std::exchange(over_, true))
        return;
    link_.say({0, wire::Quit{}});
    answered(std::move(answer));
}

} // namespace vedette::map

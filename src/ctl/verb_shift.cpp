// SPDX-License-Identifier: GPL-3.0-or-later
// handover DIR, takeover DIR: a desk's shift changes hands, with its sheet.
#include "ctl/options.h"
#include "dispatch/handover.h"

#include <QGuiApplication>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextDocument>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace vedette::ctl {

using nlohmann::ordered_json;

namespace {

struct ShiftWords {
    std::string desk, since, at, to, language = "en", actor = "ctl", workstation = "ctl";
    std::filesystem::path out;
    std::vector<std::string> remarks;
    dispatch::Seq of = 0;
    bool look = false;
};

layers::Problem unwritable(const std::filesystem::path& out, const std::string& cause) {
    return layers::environment("fileUnwritable", {{"path", out.string()}, {"cause", cause}});
}

layers::Status writePdf(const std::filesystem::path& out, const std::string& html) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    int argc = 1;
    char name[] = "vedettectl";
    char* argv[] = {name, nullptr};
    const QGuiApplication application(argc, argv); // for fonts
    QPdfWriter writer(QString::fromStdString(out.string()));
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(14, 14, 14, 14), QPageLayout::Millimeter);
    QTextDocument document;
    document.setDefaultFont(QFont(QStringLiteral("sans-serif"), 9));
    document.setHtml(QString::fromStdString(html));
    document.print(&writer);
    std::error_code error;
    if (!std::filesystem::exists(out, error) || std::filesystem::file_size(out, error) == 0)
        return unwritable(out, "pdf");
    return layers::Nothing{};
}

layers::Status write(const std::filesystem::path& out, const dispatch::HandoverSheet& sheet,
                     const dispatch::City& city, layers::Language language) {
    const auto kind = out.extension().string();
    if (kind == ".pdf")
        return writePdf(out, sheetHtml(sheet, city, language));
    if (kind != ".html" && kind != ".txt" && kind != ".json")
        return layers::Problem{layers::Problem::Kind::usage, {"sheetKindUnknown", {{"path", out.string()}}}};
    std::ofstream file(out, std::ios::binary);
    file << (kind == ".html"   ? sheetHtml(sheet, city, language)
             : kind == ".json" ? sheetJson(sheet, true) + "\n"
                               : sheetText(sheet, city, language));
    file.close();
    if (!file)
        return unwritable(out, std::strerror(errno));
    return layers::Nothing{};
}

// The sheet that an event of the journal speaks of, made anew; whether it is the same still shows its hash.
layers::Result<std::pair<dispatch::ShiftHandedOver, dispatch::State>>
sheetAt(const dispatch::Session& session, dispatch::Seq seq) {
    auto store = session.openReader();
    if (!store)
        return store.problem();
    const auto events = store.value()->read(seq, 1);
    if (!events)
        return events.problem();
    const auto* shift = events.value().empty() || events.value().front().envelope.seq != seq
                            ? nullptr
                            : std::get_if<dispatch::ShiftHandedOver>(&events.value().front().payload);
    if (!shift)
        return layers::refused("noHandover", {{"seq", std::to_string(seq)}});
    auto state = foldTo(*store.value(), dispatch::State{}, shift->seq);
    if (!state)
        return state.problem();
    return std::pair(*shift, std::move(state).value());
}

int handover(const Common& common, const ShiftWords& words) {
    const Answer answer = common.answer();
    const auto session = openSession(common, words.actor, words.workstation);
    if (!session)
        return answer.fail(session.problem());
    const dispatch::City& city = *session.value()->city();
    const auto language = words.language == "zh" ? layers::Language::chinese : layers::Language::english;
    layers::Instant now = layers::SystemClock().now(), since{};
    dispatch::State state = session.value()->state();
    std::string desk, remarks, expected;
    bool writes = !words.look;
    if (words.of) {
        const auto then = sheetAt(*session.value(), words.of);
        if (!then)
            return answer.fail(then.problem());
        const auto& shift = then.value().first;
        state = then.value().second;
        desk = shift.desk, since = shift.since, now = shift.at, remarks = shift.text, expected = shift.sha256;
        writes = false;
    } else {
        const dispatch::Desk* found = session.value()->desks().find(words.desk);
        if (!found)
            return answer.fail(
                layers::refused(words.desk.empty() ? "deskMissing" : "deskUnknown", {{"desk", words.desk}}));
        desk = found->code;
        for (const std::string& word : words.remarks)
            remarks += (remarks.empty() ? "" : " ") + word;
        if (const auto read =
                instants<layers::Instant>({{&words.since, &since}, {&words.at, &now}}, city.zone);
            !read)
            return answer.fail(read.problem());
        if (!words.at.empty()) { // of the past: to be read, not to be handed over
            writes = false;
            auto moment = session.value()->moment(now);
            if (!moment)
                return answer.fail(moment.problem());
            state = std::move(moment.value().state);
        }
    }
    const auto sheet = handoverSheet(state, city, desk, since, now, remarks);
    const std::string sha256 = sheetSha256(sheet);
    if (!words.out.empty())
        if (const auto wrote = write(words.out, sheet, city, language); !wrote.ok())
            return answer.fail(wrote.problem());
    ordered_json json{{"sheet", ordered_json::parse(sheetJson(sheet, true))}, {"sha256", sha256}};
    if (!expected.empty()) {
        json["same"] = expected == sha256;
        answer.say(expected == sha256 ? "the sheet is the one that was handed over"
                                      : "the sheet differs from the one that was handed over");
    }
    if (words.out.empty())
        answer.say(sheetText(sheet, city, language));
    if (writes) {
        const auto outcome =
            session.value()->execute(dispatch::HandOverShift{handedOver(sheet, words.to)}, {});
        if (!outcome.ok())
            return giveOutcome(answer, outcome);
        json["seq"] = outcome.events.front().envelope.seq;
        answer.say("handed over, event " + std::to_string(outcome.events.front().envelope.seq));
    }
    answer.give(json);
    return !expected.empty() && expected != sha256 ? refusedWithReasons : done;
}

int takeover(const Common& common, const ShiftWords& words) {
    const Answer answer = common.answer();
    const auto session = openSession(common, words.actor, words.workstation);
    if (!session)
        return answer.fail(session.problem());
    const dispatch::Desk* desk = session.value()->desks().find(words.desk);
    if (!desk)
        return answer.fail(
            layers::refused(words.desk.empty() ? "deskMissing" : "deskUnknown", {{"desk", words.desk}}));
    return giveOutcome(answer, session.value()->execute(dispatch::TakeOverShift{desk->code}, {}));
}

} // namespace

void addShift(Verbs verbs) {
    const auto words = std::make_shared<ShiftWords>();
    CLI::App* hand = verbs.app.add_subcommand("handover", "hands a desk's shift over, with its sheet");
    const auto common = addCommon(*hand, true);
    hand->add_option("--desk", words->desk, "code or name of the desk");
    hand->add_option("--since", words->since, "when the shift began; else since the desk was taken over");
    hand->add_option("--at", words->at, "the sheet as it was then; hands nothing over");
    hand->add_option("--of", words->of, "the sheet of that event anew, and whether it is the same");
    hand->add_option("--to", words->to, "whom it is meant for");
    hand->add_option("--out", words->out, "F.pdf, F.html, F.txt or F.json");
    hand->add_option("--language", words->language, "of the sheet")->check(CLI::IsMember({"en", "zh"}));
    hand->add_flag("--look", words->look, "only makes the sheet, hands nothing over");
    hand->add_option("REMARKS", words->remarks, "what else the next one should know");
    const auto actor = [&](CLI::App* verb) {
        verb->add_option("--actor", words->actor, "who says it");
        verb->add_option("--workstation", words->workstation, "from where");
    };
    actor(hand);
    hand->callback([=, &run = verbs.run] { run = [=] { return handover(*common, *words); }; });
    CLI::App* take = verbs.app.add_subcommand("takeover", "takes a desk over");
    const auto taking = addCommon(*take, true);
    take->add_option("--desk", words->desk, "code or name of the desk");
    actor(take);
    take->callback([=, &run = verbs.run] { run = [=] { return takeover(*taking, *words); }; });
}

} // namespace vedette::ctl

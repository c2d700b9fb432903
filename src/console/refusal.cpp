// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/refusal.h"

#include "console/wording.h"

namespace vedette::console {

using namespace dispatch;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Refusal)
};

std::optional<TicketId> ticketOf(const Command& command) {
    return std::visit(
        [](const auto& said) -> std::optional<TicketId> {
            if constexpr (requires { said.ticket; })
                return said.ticket;
            else
                return std::nullopt;
        },
        command);
}

QString standing(const State& now, TicketId id) {
    const Ticket* ticket = now.ticket(id);
    if (!ticket)
        return {};
    const QString text = Text::tr("%1 is %2 now").arg(q(toString(id)), Words::stage(stage(*ticket)));
    const Assignment* leading = lead(*ticket);
    return leading ? text + QStringLiteral(", ") + Text::tr("%1 leads").arg(q(leading->unit.text)) : text;
}

} // namespace

QString refusalText(const State& now, const Command& command,
                    const std::vector<layers::Message>& violations) {
    QStringList reasons;
    for (layers::Message violation : violations) {
        const bool overtaken = violation.code == "takenBy";
        if (overtaken)
            for (auto& [name, value] : violation.args)
                if (name == "what" && layers::hasWording("kind." + value, language()))
                    value = s(say({"kind." + value, {}}));
        reasons << say(violation);
        if (const auto ticket = ticketOf(command); overtaken && ticket)
            reasons << standing(now, *ticket);
    }
    reasons.removeAll(QString());
    return reasons.join(QStringLiteral(" · "));
}

} // namespace vedette::console

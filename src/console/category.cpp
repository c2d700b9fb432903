// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/category.h"

#include "console/wording.h"

namespace vedette::console {

QString categoryText(const dispatch::Duty& duty) {
    return duty.name.empty() || duty.name == duty.category ? q(duty.category)
                                                           : q(duty.category) + u' ' + q(duty.name);
}

QStringList categoryTexts(const std::vector<dispatch::Duty>& duties) {
    QStringList texts;
    for (const dispatch::Duty& duty : duties)
        texts << categoryText(duty);
    return texts;
}

std::optional<std::string> categoryTyped(const std::vector<dispatch::Duty>& duties, const QString& typed) {
    const QString word = typed.trimmed();
    if (word.isEmpty())
        return std::nullopt;
    if (duties.empty())
        return s(word);
    for (const dispatch::Duty& duty : duties)
        if (categoryText(duty).compare(word, Qt::CaseInsensitive) == 0 ||
            q(duty.category).compare(word, Qt::CaseInsensitive) == 0)
            return duty.category;
    for (const dispatch::Duty& duty : duties)
        if (categoryText(duty).contains(word, Qt::CaseInsensitive))
            return duty.category;
    return std::nullopt;
}

} // namespace vedette::console

// SPDX-License-Identifier: GPL-3.0-or-later
#include "dispatch/history.h"

#include <algorithm>
#include <charconv>
#include <thread>

namespace vedette::dispatch {

using layers::Finding;
using layers::Instant;
using layers::Snapshot;

namespace {

struct Row {
    Instant at{};
    std::uint32_t feature = 0;
    std::uint16_t source = 0;
    std::uint16_t severity = 3;
};
static_assert(sizeof(Row) == 16);

struct Columns {
    int id, time, category, severity, text;
    explicit Columns(const Snapshot& table)
        : id(table.field("id")), time(table.field("time")), category(table.field("category")),
          severity(table.field("severity")), text(table.field("text")) {}
};

int severityOf(std::string_view text) {
    int value = 3;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::clamp(value, 1, 4);
}

bool isPoint(const Snapshot& table, std::size_t feature) {
    return table.shape(feature) == layers::Shape::point && table.partCount(feature) > 0 &&
           !table.part(feature, 0).points.empty();
}

// Names the first few rows of a kind, and counts the others.
void report(std::vector<Finding>& findings, const History::Source& source,
            const std::vector<std::size_t>& features, const char* one, const char* all) {
    constexpr std::size_t mostNamed = 5;
    const Columns columns(source.table);
    for (std::size_t i = 0; i < std::min(features.size(), mostNamed); ++i) {
        const std::size_t feature = features[i];
        const std::string id(source.table.text(feature, columns.id));
        findings.push_back({Finding::Severity::warning,
                            {one,
                             {{"path", source.spec.source},
                              {"row", std::to_string(source.table.row(feature) + 1)},
                              {"id", id},
                              {"time", std::string(source.table.text(feature, columns.time))}}},
                            source.spec.source,
                            source.table.row(feature),
                            id});
    }
    if (features.size() > mostNamed)
        findings.push_back({Finding::Severity::warning,
                            {all, {{"path", source.spec.source}, {"count", std::to_string(features.size())}}},
                            source.spec.source,
                            -1,
                            {}});
}

// Features of one source that are no history.
struct Broken {
    std::vector<std::size_t> placeless, timeless;
};

// Appends a row for each feature that is one. Reads the table once from end to end: its memory needn't stay.
Broken scan(const History::Source& source, std::uint16_t number, const layers::TimeZone& zone,
            std::vector<Row>& rows) {
    constexpr std::size_t stretch = 65536;
    constexpr std::uint32_t none = 0xffffffff;
    const Snapshot& table = source.table;
    const Columns columns(table);
    const std::size_t before = rows.size();
    rows.resize(before + table.size());
    const unsigned threads =
        table.size() > 50000 ? std::clamp(std::thread::hardware_concurrency(), 1u, 8u) : 1u;
    std::vector<Broken> shares(threads);
    const auto work = [&](unsigned which) {
        const std::size_t from = table.size() * which / threads, till = table.size() * (which + 1) / threads;
        for (std::size_t feature = from; feature < till; ++feature) {
            if ((feature - from) % stretch == stretch - 1)
                table.forget();
            Row& row = rows[before + feature];
            row.feature = none;
            if (!isPoint(table, feature)) {
                shares[which].placeless.push_back(feature);
            } else if (const auto at =
                           layers::parseTime(table.text(feature, columns.time), zone, source.spec.zulu)) {
                row = {*at, std::uint32_t(feature), number,
                       std::uint16_t(severityOf(table.text(feature, columns.severity)))};
            } else if (columns.time >= 0) {
                shares[which].timeless.push_back(feature);
            }
        }
    };
    std::vector<std::thread> others;
    for (unsigned which = 1; which < threads; ++which)
        others.emplace_back(work, which);
    work(0);
    for (auto& other : others)
        other.join();
    table.forget();
    rows.erase(std::remove_if(rows.begin() + std::ptrdiff_t(before), rows.end(),
                              [](const Row& row) { return row.feature == none; }),
               rows.end());
    Broken all;
    for (const Broken& share : shares) {
        all.placeless.insert(all.placeless.end(), share.placeless.begin(), share.placeless.end());
        all.timeless.insert(all.timeless.end(), share.timeless.begin(), share.timeless.end());
    }
    return all;
}

} // namespace

namespace {

// Rows by time, packed: five to seven bytes a row where times are whole seconds, and four more where the sources
// aren't in the order of time already.
class Rows {
public:
    // `rows` by time.
    void take(const std::vector<Row>& rows);
    std::size_t size() const { return severities_.size(); }
    Instant at(std::size_t i) const {
        return wide_.empty() ? first_ + std::chrono::seconds(seconds_[i]) : wide_[i];
    }
    std::uint32_t feature(std::size_t i) const { return features_.empty() ? std::uint32_t(i) : features_[i]; }
    std::uint16_t source(std::size_t i) const { return sources_.empty() ? 0 : sources_[i]; }
    int severity(std::size_t i) const { return severities_[i]; }

private:
    Instant first_{};
    std::vector<std::uint32_t> seconds_;  // after the first
    std::vector<Instant> wide_;           // in their place where seconds don't say it
    std::vector<std::uint32_t> features_; // empty: row i is feature i
    std::vector<std::uint16_t> sources_;  // empty: the only one
    std::vector<std::uint8_t> severities_;
};

void Rows::take(const std::vector<Row>& rows) {
    if (rows.empty())
        return;
    first_ = rows.front().at;
    bool inSeconds = true, inOrder = true, oneSource = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto after = rows[i].at - first_;
        inSeconds = inSeconds && after % std::chrono::seconds(1) == Instant::duration::zero() &&
                    after <= std::chrono::seconds(UINT32_MAX);
        inOrder = inOrder && rows[i].feature == i;
        oneSource = oneSource && rows[i].source == 0;
    }
    severities_.reserve(rows.size());
    for (const Row& row : rows)
        severities_.push_back(std::uint8_t(row.severity));
    const auto gather = [&rows](auto& column, const auto& value) {
        column.reserve(rows.size());
        for (const Row& row : rows)
            column.push_back(value(row));
    };
    if (inSeconds)
        gather(seconds_, [this](const Row& row) {
            return std::uint32_t(std::chrono::duration_cast<std::chrono::seconds>(row.at - first_).count());
        });
    else
        gather(wide_, [](const Row& row) { return row.at; });
    if (!inOrder)
        gather(features_, [](const Row& row) { return row.feature; });
    if (!oneSource)
        gather(sources_, [](const Row& row) { return row.source; });
}

} // namespace

struct History::Impl {
    std::vector<Source> sources;
    std::vector<Columns> columns;
    Rows rows;
    std::vector<Finding> findings;

    void add(std::uint16_t number, const layers::TimeZone& cityZone, std::vector<Row>& rows);
};

void History::Impl::add(std::uint16_t number, const layers::TimeZone& cityZone, std::vector<Row>& rows) {
    const Source& source = sources[number];
    const Snapshot& table = source.table;
    const auto wrong = [&](const char* code) {
        findings.push_back(
            {Finding::Severity::error, {code, {{"path", source.spec.source}}}, source.spec.source, -1, {}});
    };
    layers::TimeZone zone = cityZone;
    if (!source.spec.timeZone.empty()) {
        if (auto named = layers::TimeZone::named(source.spec.timeZone))
            zone = named.value();
        else
            findings.push_back(
                {Finding::Severity::error, named.problem().message, source.spec.source, -1, {}});
    }
    if (columns[number].time < 0 && table.size() > 0)
        wrong("incidentsWithoutTime");
    const Broken broken = scan(source, number, zone, rows);
    if (!broken.placeless.empty() && broken.placeless.size() == table.size()) {
        // Not bad rows but a wrong source or a missing mapping.
        const auto shaped = [&](std::size_t feature) {
            return table.shape(feature) != layers::Shape::none &&
                   table.shape(feature) != layers::Shape::point;
        };
        return wrong(std::any_of(broken.placeless.begin(), broken.placeless.end(), shaped)
                         ? "incidentsNotPoints"
                         : "incidentsNowhere");
    }
    report(findings, source, broken.placeless, "incidentWithoutPlace", "incidentsWithoutPlace");
    report(findings, source, broken.timeless, "incidentTimeUnreadable", "incidentTimesUnreadable");
}

History History::build(std::vector<Source> sources, const layers::TimeZone& zone,
                       std::vector<Finding> findings) {
    auto impl = std::make_shared<Impl>();
    impl->sources = std::move(sources);
    impl->findings = std::move(findings);
    for (const Source& source : impl->sources)
        impl->columns.emplace_back(source.table);
    std::vector<Row> rows;
    for (std::size_t number = 0; number < impl->sources.size(); ++number)
        impl->add(std::uint16_t(number), zone, rows);
    const auto earlier = [](const Row& a, const Row& b) { return a.at < b.at; };
    if (!std::is_sorted(rows.begin(), rows.end(), earlier))
        std::stable_sort(rows.begin(), rows.end(), earlier);
    impl->rows.take(rows);
    History history;
    history.impl_ = std::move(impl);
    return history;
}

std::size_t History::size() const {
    return impl_ ? impl_->rows.size() : 0;
}

Instant History::at(std::size_t index) const {
    return impl_->rows.at(index);
}

layers::Point History::where(std::size_t index) const {
    const Rows& rows = impl_->rows;
    return impl_->sources[rows.source(index)].table.part(rows.feature(index), 0).points.front();
}

PastIncident History::operator[](std::size_t index) const {
    const std::uint32_t feature = impl_->rows.feature(index), number = impl_->rows.source(index);
    const Source& source = impl_->sources[number];
    const Columns& columns = impl_->columns[number];
    PastIncident past;
    past.id = source.table.text(feature, columns.id);
    past.category = source.table.text(feature, columns.category);
    if (past.category.empty())
        if (const auto fixed = source.spec.constants.find("category"); fixed != source.spec.constants.end())
            past.category = fixed->second;
    past.text = source.table.text(feature, columns.text);
    past.at = impl_->rows.at(index);
    past.where = source.table.part(feature, 0).points.front();
    past.severity = impl_->rows.severity(index);
    past.source = number, past.feature = feature;
    return past;
}

std::size_t History::since(Instant at) const {
    std::size_t from = 0, till = size();
    while (from < till) {
        const std::size_t middle = from + (till - from) / 2;
        if (this->at(middle) < at)
            from = middle + 1;
        else
            till = middle;
    }
    return from;
}

void History::forget() const {
    for (const Source& source : sources())
        source.table.forget();
}

std::span<const History::Source> History::sources() const {
    return impl_ ? std::span<const Source>(impl_->sources) : std::span<const Source>();
}

const std::vector<Finding>& History::findings() const {
    static const std::vector<Finding> none;
    return impl_ ? impl_->findings : none;
}

} // namespace vedette::dispatch

// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_layer.h"

#include "clock_text.h"
#include "columns.h"
#include "coordinate_text.h"
#include "ogr_shapes.h"
#include "ogr_values.h"
#include "osm_turns.h"

#include <chrono>
#include <cmath>
#include <cpl_conv.h>

namespace vedette::layers {

namespace {

using Severity = Finding::Severity;

// What the text of a source that declares nothing looks like; a pass over its strings.
std::string lookAtText(OGRLayer& layer) {
    EncodingGuess guess;
    OGRFeatureDefn& definition = *layer.GetLayerDefn();
    for (int i = 0; i < definition.GetFieldCount(); ++i)
        guess.look(definition.GetFieldDefn(i)->GetNameRef());
    layer.ResetReading();
    for (std::int64_t seen = 0; seen < 500'000; ++seen) {
        const OGRFeatureUniquePtr feature(layer.GetNextFeature());
        if (!feature)
            break;
        for (int i = 0; i < definition.GetFieldCount(); ++i)
            if (definition.GetFieldDefn(i)->GetType() == OFTString && feature->IsFieldSetAndNotNull(i))
                guess.look(feature->GetFieldAsString(i));
    }
    layer.ResetReading();
    return guess.encoding();
}

// The same for a text file, from its bytes: several times faster than through the driver.
std::string lookAtFile(const std::string& name) {
    EncodingGuess guess;
    VSILFILE* file = VSIFOpenL(name.c_str(), "rb");
    std::string block;
    for (std::size_t kept = 0; file;) {
        block.resize(kept + (1 << 20));
        const std::size_t n = VSIFReadL(block.data() + kept, 1, 1 << 20, file);
        block.resize(kept + n);
        const std::size_t end =
            n == 0 ? block.size() : block.rfind('\n') + 1; // whole lines; npos + 1 is none
        guess.look(std::string_view(block).substr(0, end));
        block.erase(0, end);
        kept = block.size();
        if (n == 0)
            break;
    }
    if (file)
        VSIFCloseL(file);
    return guess.encoding();
}

class LayerReading {
public:
    LayerReading(const ReadRequest& request, OgrErrors& errors) : request_(request), errors_(errors) {}
    Status run(const std::function<void(double)>& progress);

private:
    Status chooseEncoding(OpenedSource& source, OGRLayer& layer);
    Status chooseCrs(const OpenedSource& source, OGRLayer& layer);
    Status prepareClock(OGRLayer& layer);
    void putClock(std::vector<std::optional<std::string>>& texts, std::int64_t row,
                  const std::string& object);
    void addTurns(std::int64_t row);
    Status readRows(OGRLayer& layer, const std::function<void(double)>& progress);
    void readRow(const OGRFeature& feature, std::int64_t row);
    Drawn drawn(const OGRFeature& feature, const ShapeMaker::Tell& tell);
    Drawn fromColumns(const OGRFeature& feature, const ShapeMaker::Tell& tell);
    std::optional<std::string> cell(const OGRFeature& feature, int column) const {
        return cellText(feature, column, decoder_ ? &*decoder_ : nullptr);
    }
    void find(Severity severity, Message message, std::int64_t row = -1, std::string object = {}) {
        builder_->find({severity, std::move(message), request_.spec.source, row, std::move(object)});
    }

    const ReadRequest& request_;
    OgrErrors& errors_;
    std::optional<TextDecoder> decoder_;
    std::vector<std::pair<Severity, Message>> early_; // found before there was a builder
    std::unique_ptr<OGRSpatialReference, void (*)(OGRSpatialReference*)> crs_{
        nullptr, [](OGRSpatialReference* crs) { crs->Release(); }};
    std::optional<ShapeMaker> maker_;
    ColumnPlan plan_;
    bool fromColumns_ = false, hasGeometry_ = false;
    int time_ = -1, clock_ = -1; // in plan_.fields, where the time of day stands in a column of its own
    BareNumber bareClock_ = BareNumber::hour;
    std::optional<TimeZone> zone_;
    std::optional<LonLat> beyond_; // the first that can't be degrees, though degrees were due
    std::size_t clocksMissing_ = 0, clocksUnreadable_ = 0;
    std::size_t placed_ = 0;
    bool withTurns_ = false; // OpenStreetMap's lines: its turn restrictions come as points behind them
    std::optional<SnapshotBuilder> builder_;
};

Status LayerReading::chooseEncoding(OpenedSource& source, OGRLayer& layer) {
    if (!source.undeclaredText && request_.spec.encoding.empty())
        return Nothing{};
    std::string encoding = request_.spec.encoding.empty() ? source.declaredEncoding : request_.spec.encoding;
    if (!request_.spec.encoding.empty() && !TextDecoder::named(encoding))
        return refused("sourceEncodingUnknown", {{"path", request_.spec.source}, {"encoding", encoding}});
    if (!source.undeclaredText) // the driver has decoded; only what it left broken is ours
        return Nothing{};
    if (!encoding.empty())
        decoder_ = TextDecoder::named(encoding);
    const bool saysUtf8 = decoder_ && decoder_->name() == "UTF-8";
    if (decoder_ && !(saysUtf8 && request_.spec.encoding.empty()))
        return Nothing{};
    const std::string looks =
        source.driver == "CSV" ? lookAtFile(source.dataset->GetDescription()) : lookAtText(layer);
    if (looks == "UTF-8") {
        decoder_.reset();
        return Nothing{};
    }
    decoder_ = TextDecoder::named(looks);
    early_.push_back({Severity::warning,
                      {saysUtf8 ? "encodingContradicted" : "encodingGuessed",
                       {{"path", request_.spec.source}, {"declared", encoding}, {"encoding", looks}}}});
    return Nothing{};
}

// True when the box can only be degrees.
bool likeDegrees(const OGREnvelope& box) {
    return box.MinX >= -360 && box.MaxX <= 360 && box.MinY >= -180 && box.MaxY <= 180;
}

Status LayerReading::chooseCrs(const OpenedSource& source, OGRLayer& layer) {
    const auto working = WorkingCrs::named(request_.workingCrs);
    if (!working)
        return working.problem();
    const std::string& path = request_.spec.source;
    const auto own = [&](const char* text) {
        crs_.reset(new OGRSpatialReference());
        return crs_->SetFromUserInput(text) == OGRERR_NONE;
    };
    bool metres = false;
    if (!request_.spec.crs.empty()) {
        if (!own(request_.spec.crs.c_str()))
            return refused("crsUnreadable", {{"path", path}, {"crs", request_.spec.crs}});
    } else if (const OGRSpatialReference* given = fromColumns_ ? nullptr : layer.GetSpatialRef();
               given && !given->IsLocal()) {
        crs_.reset(given->Clone());
    } else {
        const std::string prj = CPLResetExtension(request_.file.c_str(), "prj");
        VSIStatBufL status;
        if (source.driver == "ESRI Shapefile" && !given && VSIStatL(prj.c_str(), &status) == 0 &&
            status.st_size > 0) {
            GByte* bytes = nullptr;
            std::string text;
            if (VSIIngestFile(nullptr, prj.c_str(), &bytes, nullptr, 1 << 16))
                text = reinterpret_cast<const char*>(bytes);
            VSIFree(bytes);
            if (text.find_first_not_of(" \r\n\t") != text.npos)
                return refused("crsUnreadable", {{"path", path}, {"crs", text.substr(0, 60)}});
        }
        OGREnvelope box;
        const bool known = hasGeometry_ && !fromColumns_ && layer.GetExtent(&box, TRUE) == OGRERR_NONE;
        metres = known && !likeDegrees(box);
        if (!metres)
            own("EPSG:4326");
        if (known)
            early_.push_back(
                {metres ? Severity::error : Severity::note,
                 {"crsAssumed", {{"path", path}, {"crs", metres ? request_.workingCrs : "EPSG:4326"}}}});
        layer.ResetReading();
    }
    auto maker =
        ShapeMaker::between(metres ? nullptr : crs_.get(), request_.spec.datum, working.value(), path);
    if (!maker)
        return maker.problem();
    maker_ = std::move(maker).value();
    return Nothing{};
}

Drawn LayerReading::fromColumns(const OGRFeature& feature, const ShapeMaker::Tell& tell) {
    std::optional<double> x, y;
    if (plan_.x >= 0 && plan_.y >= 0) {
        const auto first = cell(feature, plan_.x), second = cell(feature, plan_.y);
        if (!first || !second || first->empty() || second->empty())
            return {};
        x = readOrdinate(*first), y = readOrdinate(*second);
        if (!x || !y) {
            tell(Severity::warning, {"coordinatesUnreadable", {{"text", *first + ", " + *second}}});
            return {};
        }
    } else {
        const auto text = cell(feature, plan_.location);
        if (!text || text->empty())
            return {};
        if (looksLikeWkt(*text)) {
            const char* at = text->c_str() + (text->starts_with("SRID=") ? text->find(';') + 1 : 0);
            OGRGeometry* geometry = nullptr;
            OGRGeometryFactory::createFromWkt(at, nullptr, &geometry);
            const std::unique_ptr<OGRGeometry> held(geometry);
            if (held)
                return maker_->make(*held, errors_, tell);
        } else if (const auto pair =
                       readPair(*text)) { // one column is written as people say it: latitude first
            const bool latitudeFirst = maker_->geographic() && std::abs(pair->first) <= 90;
            x = latitudeFirst ? pair->second : pair->first, y = latitudeFirst ? pair->first : pair->second;
        }
        if (!x || !y) {
            tell(Severity::warning, {"coordinatesUnreadable", {{"text", text->substr(0, 80)}}});
            return {};
        }
    }
    if (!beyond_ && maker_->geographic() && (std::abs(*x) > 360 || std::abs(*y) > 360))
        beyond_ = {*x, *y};
    const OGRPoint point(*x, *y);
    return maker_->make(point, errors_, tell);
}

Drawn LayerReading::drawn(const OGRFeature& feature, const ShapeMaker::Tell& tell) {
    if (fromColumns_)
        return fromColumns(feature, tell);
    const OGRGeometry* geometry = feature.GetGeometryRef();
    if (geometry)
        return maker_->make(*geometry, errors_, tell);
    if (hasGeometry_)
        tell(Severity::warning, {"geometryNull", {}});
    return {};
}

// Which columns are the date and the hour, and what the hours' bare numbers are: a pass over them.
Status LayerReading::prepareClock(OGRLayer& layer) {
    for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
        time_ = plan_.fields[i].name == "time" ? static_cast<int>(i) : time_;
        clock_ = plan_.fields[i].name == "clock" ? static_cast<int>(i) : clock_;
    }
    if (!request_.spec.columns.contains("clock") || clock_ < 0) {
        clock_ = -1;
        return Nothing{};
    }
    if (time_ < 0)
        return refused("clockWithoutDate", {{"path", request_.spec.source}});
    auto zone = TimeZone::named(request_.spec.timeZone);
    if (!zone)
        return zone.problem();
    zone_ = std::move(zone).value();
    BareNumbers numbers;
    layer.ResetReading();
    while (const auto feature = OGRFeatureUniquePtr(layer.GetNextFeature()))
        if (const auto text = cell(*feature, plan_.fields[static_cast<std::size_t>(clock_)].column))
            numbers.look(*text);
    layer.ResetReading();
    bareClock_ = numbers.kind();
    return Nothing{};
}

// Puts the hour to its day. A row without a readable hour keeps its day, and is named.
void LayerReading::putClock(std::vector<std::optional<std::string>>& texts, std::int64_t row,
                            const std::string& object) {
    constexpr std::size_t mostNamed = 5;
    auto& time = texts[static_cast<std::size_t>(time_)];
    const auto& clock = texts[static_cast<std::size_t>(clock_)];
    if (!time)
        return;
    if (!clock || clock->find_first_not_of(' ') == clock->npos) {
        ++clocksMissing_;
        return;
    }
    const auto read = readClockText(*clock, bareClock_);
    if (!read) {
        if (++clocksUnreadable_ <= mostNamed)
            find(Severity::warning,
                 {"clockUnreadable",
                  {{"path", request_.spec.source},
                   {"row", std::to_string(row + 1)},
                   {"id", object},
                   {"clock", clock->substr(0, 40)}}},
                 row, object);
        return;
    }
    if (auto joined = joinDateAndClock(*time, *read, *zone_, request_.spec.zulu))
        time = std::move(*joined);
}

void LayerReading::readRow(const OGRFeature& feature, std::int64_t row) {
    std::vector<std::optional<std::string>> texts(plan_.fields.size());
    std::string object;
    for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
        const ColumnPlan::Field& field = plan_.fields[i];
        if (field.column >= 0)
            texts[i] = cell(feature, field.column);
        if (texts[i] && request_.spec.dateOrder == DateOrder::dayFirst)
            texts[i] = dayFirstToIso(*texts[i]);
        if (!texts[i] && field.hasConstant)
            texts[i] = field.constant;
        if (texts[i] && object.empty() && (field.name == "code" || field.name == "id"))
            object = *texts[i];
    }
    if (clock_ >= 0)
        putClock(texts, row, object);
    const Drawn shape = drawn(feature, [&](Severity severity, Message message) {
        find(severity, std::move(message), row, object);
    });
    placed_ += shape.shape != Shape::none;
    std::vector<std::optional<std::string_view>> values(texts.begin(), texts.end());
    values.resize(values.size() + (withTurns_ ? 4 : 0));
    builder_->add(row, shape.shape, shape.rings, values);
}

// As points with the columns by which any road source states them.
void LayerReading::addTurns(std::int64_t row) {
    OsmTurns found;
    try {
        found = readOsmTurns(request_.file);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        find(Severity::warning, {"roadTurnsUnread", {{"path", request_.spec.source}, {"cause", error.what()}}});
        return;
    }
    for (const OsmTurns::Turn& turn : found.turns) {
        const OGRPoint at(turn.via.lon, turn.via.lat);
        const Drawn shape = maker_->make(at, errors_, [](Severity, const Message&) {});
        std::vector<std::optional<std::string_view>> values(plan_.fields.size());
        std::string through;
        for (const std::string& way : turn.through)
            through += (through.empty() ? "" : " ") + way;
        values.insert(values.end(), {turn.from, turn.to, turn.only ? "only" : "no", through});
        builder_->add(row++, shape.shape, shape.rings, values);
    }
    const auto count = [&](const char* code, std::size_t number) {
        if (number > 0)
            find(Severity::note,
                 {code, {{"path", request_.spec.source}, {"count", std::to_string(number)}}});
    };
    count("roadTurnsRead", found.turns.size());
    count("roadTurnsConditional", found.conditional);
    count("roadTurnsExempt", found.exempt);
    count("roadTurnsOthers", found.others);
    count("roadTurnsBroken", found.broken);
}

Status LayerReading::readRows(OGRLayer& layer, const std::function<void(double)>& progress) {
    const auto total = static_cast<double>(std::max<GIntBig>(1, layer.GetFeatureCount(FALSE)));
    layer.ResetReading();
    errors_.last.clear();
    auto last = std::chrono::steady_clock::now();
    std::int64_t row = 0;
    for (;; ++row) {
        const OGRFeatureUniquePtr feature(layer.GetNextFeature());
        if (!feature)
            break;
        readRow(*feature, row);
        if (const auto now = std::chrono::steady_clock::now(); now - last > std::chrono::milliseconds(100)) {
            last = now;
            progress(std::min(0.99, static_cast<double>(row) / total));
        }
    }
    if (!errors_.last.empty() && row == 0)
        return refused("sourceUnreadable", {{"path", request_.spec.source}, {"cause", errors_.last}});
    if (!errors_.last.empty())
        find(Severity::error, {"sourceCutShort", {{"path", request_.spec.source}, {"cause", errors_.last}}});
    const auto count = [&](const char* code, std::size_t rows) {
        find(Severity::warning, {code, {{"path", request_.spec.source}, {"count", std::to_string(rows)}}});
    };
    if (clocksMissing_ > 0)
        count("clocksMissing", clocksMissing_);
    if (clocksUnreadable_ > 0)
        count("clocksUnreadable", clocksUnreadable_);
    if (withTurns_ && row > 0)
        addTurns(row);
    if (row == 0)
        find(Severity::warning, {"layerEmpty", {{"path", request_.spec.source}}});
    else if (placed_ == 0 && beyond_ && (request_.pointsDue || plan_.coordinatesMapped))
        return refused("coordinatesBeyondCrs", {{"path", request_.spec.source},
                                                {"x", std::to_string(std::lround(beyond_->lon))},
                                                {"y", std::to_string(std::lround(beyond_->lat))}});
    else if (placed_ == 0 && (request_.pointsDue || plan_.coordinatesMapped))
        return refused("noCoordinates", {{"path", request_.spec.source}});
    return Nothing{};
}

Status LayerReading::run(const std::function<void(double)>& progress) {
    if (auto references = checkReferences(request_); !references)
        return references;
    auto opened = openSource(request_, errors_);
    if (!opened)
        return opened.problem();
    OpenedSource& source = opened.value();
    std::optional<Message> choice;
    const auto chosen = chooseLayer(source, request_, choice);
    if (!chosen)
        return chosen.problem();
    OGRLayer& layer = *chosen.value();
    if (choice)
        early_.push_back({Severity::note, *choice});
    if (!request_.subset.empty() && layer.SetAttributeFilter(request_.subset.c_str()) != OGRERR_NONE)
        return refused(
            "subsetBroken",
            {{"path", request_.spec.source}, {"subset", request_.subset}, {"cause", errors_.last}});
    if (auto encoding = chooseEncoding(source, layer); !encoding)
        return encoding;

    OGRFeatureDefn& definition = *layer.GetLayerDefn();
    if (source.driver == "OGR_VRT" &&
        !errors_.last.empty()) // what it refers to: else it would pass for empty
        return refused("sourceUnreadable", {{"path", request_.spec.source}, {"cause", errors_.last}});
    std::vector<std::string> columns;
    for (int i = 0; i < definition.GetFieldCount(); ++i)
        columns.push_back(decoded(definition.GetFieldDefn(i)->GetNameRef(), decoder_ ? &*decoder_ : nullptr));
    auto plan = planColumns(request_.spec, columns);
    if (!plan)
        return plan.problem();
    plan_ = std::move(plan).value();
    hasGeometry_ = layer.GetGeomType() != wkbNone;
    fromColumns_ =
        (plan_.coordinatesMapped || !hasGeometry_) && ((plan_.x >= 0 && plan_.y >= 0) || plan_.location >= 0);
    if (request_.pointsDue && !hasGeometry_ && !fromColumns_)
        return refused("noCoordinates", {{"path", request_.spec.source}});
    if (auto crs = chooseCrs(source, layer); !crs)
        return crs;
    if (auto clock = prepareClock(layer); !clock)
        return clock;

    std::vector<SnapshotBuilder::Field> fields;
    for (const ColumnPlan::Field& field : plan_.fields)
        fields.push_back({field.name, field.column < 0 ? FieldType::text
                                                       : typeOf(*definition.GetFieldDefn(field.column))});
    withTurns_ = source.driver == "OSM" && std::string_view(layer.GetName()) == "lines";
    for (const char* name : {"turn_from", "turn_to", "turn", "turn_through"})
        if (withTurns_)
            fields.push_back({name, FieldType::text});
    if (clock_ >= 0 && fields[static_cast<std::size_t>(time_)].type == FieldType::date)
        fields[static_cast<std::size_t>(time_)].type = FieldType::dateTime;
    builder_.emplace(request_.spec.source, fields);
    builder_->setSha256(request_.sha256);
    for (auto& [severity, message] : early_)
        find(severity, std::move(message));
    if (auto rows = readRows(layer, progress); !rows)
        return rows;
    return builder_->write(request_.output);
}

} // namespace

Status readLayer(const ReadRequest& request, const std::function<void(double)>& progress) {
    OgrErrors errors;
    return LayerReading(request, errors).run(progress);
}

Result<std::vector<LayerFacts>> readFacts(const ReadRequest& request) {
    OgrErrors errors;
    if (auto references = checkReferences(request); !references)
        return references.problem();
    auto opened = openSource(request, errors);
    if (!opened)
        return opened.problem();
    OpenedSource& source = opened.value();
    std::vector<LayerFacts> out = factsOf(source);
    if (!source.undeclaredText)
        return out;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i].encoding.empty())
            out[i].encoding = lookAtText(*source.dataset->GetLayer(static_cast<int>(i)));
        const auto decoder = TextDecoder::named(out[i].encoding);
        for (auto& field : out[i].fields)
            field.name = decoded(field.name, decoder ? &*decoder : nullptr);
    }
    return out;
}

} // namespace vedette::layers

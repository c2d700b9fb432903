// SPDX-License-Identifier: GPL-3.0-or-later
#include "ogr_values.h"

#include <charconv>
#include <cmath>
#include <cpl_string.h>

namespace vedette::layers {

namespace {

std::string numberText(double value) {
    if (!std::isfinite(value))
        return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
    char digits[64];
    // A code kept as a real (320102002000.0) must not come out as 3.20102002e+11.
    const auto end = std::abs(value) < 1e15 && value == std::floor(value)
                         ? std::to_chars(digits, digits + sizeof digits, static_cast<long long>(value))
                         : std::to_chars(digits, digits + sizeof digits, value);
    return {digits, end.ptr};
}

std::string timeText(const OGRFeature& feature, int field, OGRFieldType type) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone);
    char text[64];
    std::string out;
    if (type != OFTTime) {
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        out = text;
    }
    if (type == OFTDate)
        return out;
    const int milliseconds = static_cast<int>(std::lround(static_cast<double>(second) * 1000));
    std::snprintf(text, sizeof text, "%02d:%02d:%02d", hour, minute, milliseconds / 1000);
    out += (type == OFTTime ? "" : "T") + std::string(text);
    if (milliseconds % 1000 != 0) {
        std::snprintf(text, sizeof text, ".%03d", milliseconds % 1000);
        out += text;
    }
    if (zone == 100)
        return out + "Z";
    if (zone > 1) { // quarters of an hour around 100; 1 is "local", 0 unknown
        const int minutes = std::abs(zone - 100) * 15;
        std::snprintf(text, sizeof text, "%c%02d:%02d", zone > 100 ? '+' : '-', minutes / 60, minutes % 60);
        out += text;
    }
    return out;
}

} // namespace

std::string decoded(std::string_view bytes, const TextDecoder* decoder) {
    if (decoder)
        return decoder->decode(bytes);
    if (isUtf8(bytes))
        return std::string(bytes);
    EncodingGuess guess;
    guess.look(bytes);
    const auto other = TextDecoder::named(guess.encoding());
    return other ? other->decode(bytes) : std::string(bytes);
}

std::optional<std::string> cellText(const OGRFeature& feature, int field, const TextDecoder* decoder) {
    if (!feature.IsFieldSetAndNotNull(field))
        return {};
    const OGRFieldType type = feature.GetFieldDefnRef(field)->GetType();
    switch (type) {
    case OFTInteger:
        return std::to_string(feature.GetFieldAsInteger(field));
    case OFTInteger64:
        return std::to_string(feature.GetFieldAsInteger64(field));
    case OFTReal:
        return numberText(feature.GetFieldAsDouble(field));
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
        return timeText(feature, field, type);
    case OFTStringList: {
        std::string out;
        char** items = feature.GetFieldAsStringList(field);
        for (int i = 0; items && items[i]; ++i)
            out += (i ? " " : "") + decoded(items[i], decoder);
        return out;
    }
    case OFTBinary: {
        int size = 0;
        const GByte* data = feature.GetFieldAsBinary(field, &size);
        char* hex = CPLBinaryToHex(std::min(size, 1 << 16), data);
        std::string out = hex;
        CPLFree(hex);
        return out;
    }
    case OFTIntegerList:
    case OFTInteger64List:
    case OFTRealList: {
        std::string out = feature.GetFieldAsString(field); // "(2:1,2)"
        const auto colon = out.find(':');
        out = colon == out.npos || out.back() != ')' ? out : out.substr(colon + 1, out.size() - colon - 2);
        std::replace(out.begin(), out.end(), ',', ' ');
        return out;
    }
    default:
        return decoded(feature.GetFieldAsString(field), decoder);
    }
}

std::string dayFirstToIso(const std::string& text) {
    int parts[3] = {}, count = 0;
    std::size_t at = 0;
    for (; count < 3; ++count) {
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), parts[count]);
        const std::size_t digits = static_cast<std::size_t>(end - text.data()) - at;
        if (error != std::errc() || parts[count] < 0 || digits > (count == 2 ? 4u : 2u) ||
            (count == 2 && digits != 4))
            return text;
        at += digits;
        if (count < 2 && (at >= text.size() || (text[at] != '/' && text[at] != '-')))
            return text;
        at += count < 2;
    }
    if (parts[0] < 1 || parts[0] > 31 || parts[1] < 1 || parts[1] > 12)
        return text;
    char date[16];
    std::snprintf(date, sizeof date, "%04d-%02d-%02d", parts[2], parts[1], parts[0]);
    return date + text.substr(at);
}

} // namespace vedette::layers

// SPDX-License-Identifier: GPL-3.0-or-later
#include "read_request.h"

#include "bytes.h"

namespace vedette::layers {

namespace {

void write(ByteWriter& out, const std::map<std::string, std::string>& words) {
    out.number(static_cast<std::uint32_t>(words.size()));
    for (const auto& [name, word] : words)
        out.text(name), out.text(word);
}

std::map<std::string, std::string> readWords(ByteReader& in) {
    std::map<std::string, std::string> out;
    const std::uint32_t count = in.number();
    for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
        auto name = in.text();
        out[std::move(name)] = in.text();
    }
    return out;
}

void writeMapping(ByteWriter& out, const ReadRequest& request) {
    out.text(request.layer);
    out.text(request.subset);
    out.text(request.spec.source);
    write(out, request.spec.columns);
    write(out, request.spec.constants);
    out.text(request.spec.crs);
    out.text(request.spec.encoding);
    out.number(static_cast<std::uint32_t>(request.spec.datum));
    out.number(static_cast<std::uint32_t>(request.spec.dateOrder));
    out.text(request.workingCrs);
    out.number(request.pointsDue);
    if (request.spec.columns.contains("clock")) { // elsewhere times are kept as they are written
        out.text(request.spec.timeZone);
        out.number(static_cast<std::uint32_t>(request.spec.zulu));
    }
}

} // namespace

std::string mappingOf(const ReadRequest& request) {
    ByteWriter out;
    writeMapping(out, request);
    return out.bytes();
}

std::string encode(const ReadRequest& request) {
    ByteWriter out;
    out.number(static_cast<std::uint32_t>(request.task));
    writeMapping(out, request);
    for (const std::string* text :
         {&request.ogrName, &request.file, &request.folder, &request.output, &request.sha256})
        out.text(*text);
    out.number(static_cast<std::uint32_t>(request.folders.size()));
    for (const std::string& folder : request.folders)
        out.text(folder);
    out.number(request.allowNetwork);
    out.wide(request.memoryLimit);
    out.wide(request.secondsLimit);
    return out.bytes();
}

bool decode(const std::string& bytes, ReadRequest& out) {
    ByteReader in(bytes.data(), bytes.size());
    out.task = static_cast<ReadRequest::Task>(in.number());
    out.layer = in.text();
    out.subset = in.text();
    out.spec.source = in.text();
    out.spec.columns = readWords(in);
    out.spec.constants = readWords(in);
    out.spec.crs = in.text();
    out.spec.encoding = in.text();
    out.spec.datum = static_cast<Datum>(in.number());
    out.spec.dateOrder = static_cast<DateOrder>(in.number());
    out.workingCrs = in.text();
    out.pointsDue = in.number() != 0;
    if (out.spec.columns.contains("clock")) {
        out.spec.timeZone = in.text();
        out.spec.zulu = static_cast<ZuluMeans>(in.number());
    }
    for (std::string* text : {&out.ogrName, &out.file, &out.folder, &out.output, &out.sha256})
        *text = in.text();
    const std::uint32_t folders = in.number();
    for (std::uint32_t i = 0; i < folders && in.ok(); ++i)
        out.folders.push_back(in.text());
    out.allowNetwork = in.number() != 0;
    out.memoryLimit = in.wide();
    out.secondsLimit = in.wide();
    return in.ok();
}

std::string encode(const std::vector<LayerFacts>& layers) {
    ByteWriter out;
    out.number(static_cast<std::uint32_t>(layers.size()));
    for (const LayerFacts& layer : layers) {
        out.text(layer.name);
        out.text(layer.driver);
        out.wide(layer.features);
        out.number(static_cast<std::uint32_t>(layer.shape));
        out.number(layer.hasGeometry);
        out.text(layer.crs);
        out.text(layer.encoding);
        out.number(static_cast<std::uint32_t>(layer.fields.size()));
        for (const auto& field : layer.fields)
            out.text(field.name), out.number(static_cast<std::uint32_t>(field.type));
    }
    return out.bytes();
}

bool decode(const std::string& bytes, std::vector<LayerFacts>& out) {
    ByteReader in(bytes.data(), bytes.size());
    const std::uint32_t count = in.number();
    for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
        LayerFacts& layer = out.emplace_back();
        layer.name = in.text();
        layer.driver = in.text();
        layer.features = in.wide();
        layer.shape = static_cast<Shape>(std::min<std::uint32_t>(in.number(), 3));
        layer.hasGeometry = in.number() != 0;
        layer.crs = in.text();
        layer.encoding = in.text();
        const std::uint32_t fields = in.number();
        for (std::uint32_t f = 0; f < fields && in.ok(); ++f) {
            LayerFacts::Field field;
            field.name = in.text();
            field.type = static_cast<FieldType>(std::min<std::uint32_t>(in.number(), 7));
            layer.fields.push_back(std::move(field));
        }
    }
    return in.ok();
}

} // namespace vedette::layers

// SPDX-License-Identifier: GPL-3.0-or-later
#include "qgis_network_peer.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

using namespace vedette::layers;

std::optional<std::vector<QgisAnswer>> askQgis(const RoadMetric& metric,
                                               const std::vector<QgisQuestion>& questions) {
    const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "bench_roads_qgis";
    if (!std::filesystem::exists(program))
        return std::nullopt;
    std::string file = "/tmp/roads-qgis-XXXXXX";
    const int descriptor = ::mkstemp(file.data());
    if (descriptor < 0)
        throw std::runtime_error("no room in /tmp");
    std::FILE* out = ::fdopen(descriptor, "wb");
    const auto number = [out](std::size_t value) {
        const auto small = static_cast<std::uint32_t>(value);
        std::fwrite(&small, sizeof small, 1, out);
    };
    const RoadNetwork& network = metric.map().network;
    std::vector<RoadNetwork::Arc> open;
    for (RoadNetwork::Arc arc = 0; arc < network.arcCount() + network.turns().size(); ++arc)
        if (metric.time(arc) < roadEndless)
            open.push_back(arc);
    number(network.nodeCount()), number(open.size());
    for (const auto arc : open)
        number(network.tail(arc)), number(network.head(arc)), number(metric.time(arc));
    number(questions.size());
    for (const QgisQuestion& question : questions) {
        number(question.target), number(question.nodes.size());
        for (const auto node : question.nodes)
            number(node);
    }
    std::fclose(out);
    std::FILE* said = ::popen((program.string() + " " + file).c_str(), "r");
    std::vector<QgisAnswer> answers;
    char line[256];
    while (said && std::fgets(line, sizeof line, said)) {
        std::istringstream words(line);
        QgisAnswer answer;
        char colon = 0;
        words >> answer.milliseconds >> colon;
        answer.milliseconds /= 1000;
        for (RoadTime time = 0; words >> time;)
            answer.times.push_back(time);
        answers.push_back(std::move(answer));
    }
    if (said)
        ::pclose(said);
    std::filesystem::remove(file);
    if (answers.size() != questions.size())
        throw std::runtime_error("QGIS gave " + std::to_string(answers.size()) + " answers of " +
                                 std::to_string(questions.size()));
    return answers;
}

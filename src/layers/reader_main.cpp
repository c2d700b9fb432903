// SPDX-License-Identifier: GPL-3.0-or-later
#include "layers/reader.h"

#include "bytes.h"
#include "read_layer.h"
#include "sandbox/sandbox.h"

#include <cerrno>
#include <cpl_conv.h>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace vedette::layers {

namespace {

void report(Report kind, std::string_view bytes) {
    std::string frame;
    for (const std::uint32_t number :
         {static_cast<std::uint32_t>(kind), static_cast<std::uint32_t>(bytes.size())})
        frame.append(reinterpret_cast<const char*>(&number), sizeof number);
    frame += bytes;
    for (std::size_t at = 0; at < frame.size();) {
        const ssize_t n = ::write(reportDescriptor, frame.data() + at, frame.size() - at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            ::_exit(1); // nobody listens any more
        at += static_cast<std::size_t>(n);
    }
}

void report(const Problem& problem) {
    ByteWriter out;
    out.number(static_cast<std::uint32_t>(problem.kind));
    out.message(problem.message);
    report(Report::problem, out.bytes());
}

std::string allOfStdin() {
    std::string out;
    char block[4096];
    for (ssize_t n = 0; (n = ::read(STDIN_FILENO, block, sizeof block)) > 0;)
        out.append(block, static_cast<std::size_t>(n));
    return out;
}

void prepare(const ReadRequest& request) {
    const std::filesystem::path output = std::filesystem::path(request.output).parent_path();
    CPLSetConfigOption("CPL_TMPDIR", output.c_str());
    for (const char* variable : {"TMPDIR", "SQLITE_TMPDIR"})
        ::setenv(variable, output.c_str(), 1);
    sandbox::limitResources(request.memoryLimit, request.secondsLimit, exitMemory);
    registerDrivers();
    if (request.allowNetwork)
        return;
    const std::filesystem::path file(request.file);
    std::vector<std::filesystem::path> readable{file, file.parent_path(), request.folder};
    readable.insert(readable.end(), request.folders.begin(), request.folders.end());
    sandbox::confine({readable, {output}});
}

} // namespace

int readerMain(int, char**) {
    ReadRequest request;
    if (::fcntl(reportDescriptor, F_GETFD) < 0 || !decode(allOfStdin(), request))
        return 2;
    prepare(request);
    try {
        if (request.task == ReadRequest::Task::list) {
            const auto layers = readFacts(request);
            if (layers)
                report(Report::layers, encode(layers.value()));
            else
                report(layers.problem());
            if (layers)
                report(Report::done, {});
        } else {
            const Status status = readLayer(request, [](double fraction) {
                ByteWriter out;
                out.number(static_cast<std::uint32_t>(fraction * 1000));
                report(Report::progress, out.bytes());
            });
            if (status)
                report(Report::done, {});
            else
                report(status.problem());
        }
    } catch (const std::bad_alloc&) {
        return exitMemory;
    } catch (const std::exception& error) {
        report(refused("sourceUnreadable", {{"path", request.spec.source}, {"cause", error.what()}}));
    }
    ::_exit(0); // nothing of GDAL's own tidying up is worth a crash after the work is done
}

} // namespace vedette::layers

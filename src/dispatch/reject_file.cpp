// SPDX-License-Identifier: GPL-3.0-or-later
#include "reject_file.h"

#include "json_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace vedette::dispatch {

namespace {
constexpr std::uint64_t asideAt = 64 << 20;
}

void RejectFile::add(const std::string& line, const layers::Message& why, layers::Instant now) {
    JsonWriter json;
    json.open('{');
    json.field("time", layers::isoUtc(now));
    json.field("code", why.code);
    json.key("args");
    json.open('{');
    for (const auto& [name, value] : why.args)
        json.field(name, value);
    json.close('}');
    json.field("reason", layers::word(why, layers::Language::english));
    json.field("line", line);
    json.close('}');
    waiting_ += json.out + '\n';
}

layers::Status RejectFile::flush() {
    if (waiting_.empty())
        return layers::Nothing{};
    const std::string lines = std::exchange(waiting_, {});
    const auto failed = [&] {
        return layers::environment("rejectsUnwritable",
                                   {{"path", path_.string()}, {"cause", std::strerror(errno)}});
    };
    struct stat about {};
    if (::stat(path_.c_str(), &about) == 0 && std::uint64_t(about.st_size) + lines.size() > asideAt) {
        std::error_code stays;
        std::filesystem::rename(path_, path_.string() + ".1", stays);
    }
    const int fd = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0)
        return failed();
    std::size_t done = 0;
    while (done < lines.size()) {
        const auto wrote = ::write(fd, lines.data() + done, lines.size() - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            break;
        done += std::size_t(wrote);
    }
    const auto problem = done < lines.size() ? layers::Status(failed()) : layers::Status(layers::Nothing{});
    ::close(fd);
    return problem;
}

} // namespace vedette::dispatch

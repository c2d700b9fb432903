// SPDX-License-Identifier: GPL-3.0-or-later
#include "road_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vedette::layers {

namespace {

struct Descriptor {
    explicit Descriptor(int opened) : fd(opened) {}
    Descriptor(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd >= 0)
            ::close(fd);
    }
    const int fd;
};

bool copyAll(int from, int to, std::size_t size) {
    for (off_t at = 0; static_cast<std::size_t>(at) < size;)
        if (const ssize_t n = ::copy_file_range(from, &at, to, nullptr, size - static_cast<std::size_t>(at), 0);
            n == 0 || (n < 0 && errno != EINTR))
            return false;
    return true;
}

bool readAll(int from, std::string& out) {
    for (std::size_t done = 0; done < out.size();) {
        const ssize_t n = ::pread(from, out.data() + done, out.size() - done, static_cast<off_t>(done));
        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        done += n > 0 ? static_cast<std::size_t>(n) : 0;
    }
    return true;
}

} // namespace

std::shared_ptr<const KeptFile> KeptFile::open(const std::filesystem::path& file) {
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (in.fd < 0 || ::fstat(in.fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0)
        return nullptr;
    const auto size = static_cast<std::size_t>(status.st_size);
    const std::shared_ptr<KeptFile> out(new KeptFile);
    if (!out->map(in.fd, file.parent_path(), size)) {
        out->read_.resize(size);
        if (!readAll(in.fd, out->read_))
            return nullptr;
        out->bytes_ = out->read_;
    }
    return out;
}

bool KeptFile::map(int file, const std::filesystem::path& folder, std::size_t size) {
    const Descriptor copy(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (copy.fd < 0 || !copyAll(file, copy.fd, size))
        return false;
    void* at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, copy.fd, 0);
    if (at == MAP_FAILED)
        return false;
    mapped_ = at;
    bytes_ = {static_cast<const char*>(at), size};
    return true;
}

KeptFile::~KeptFile() {
    if (mapped_)
        ::munmap(mapped_, bytes_.size());
}

void KeptFile::forget() const {
    if (mapped_)
        ::madvise(mapped_, bytes_.size(), MADV_DONTNEED);
}

} // namespace vedette::layers

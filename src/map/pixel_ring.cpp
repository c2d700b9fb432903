// SPDX-License-Identifier: GPL-3.0-or-later
#include "pixel_ring.h"

#include <sys/mman.h>
#include <unistd.h>

namespace vedette::map {

std::shared_ptr<PixelRing> PixelRing::of(QSize size) {
    if (size.isEmpty())
        return nullptr;
    const auto page = std::size_t(sysconf(_SC_PAGESIZE));
    const std::size_t pixels = std::size_t(size.width()) * std::size_t(size.height());
    const std::size_t bytes = (pixels * sizeof(QRgb) + page - 1) / page * page;
    const int file = memfd_create("picture", MFD_CLOEXEC);
    if (file < 0)
        return nullptr;
    void* const both = ftruncate(file, off_t(bytes)) == 0
                           ? mmap(nullptr, 2 * bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
                           : MAP_FAILED;
    bool mapped = both != MAP_FAILED;
    for (std::size_t half = 0; mapped && half < 2; ++half)
        mapped = mmap(static_cast<unsigned char*>(both) + half * bytes, bytes, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_FIXED, file, 0) != MAP_FAILED;
    close(file);
    if (!mapped) {
        if (both != MAP_FAILED)
            munmap(both, 2 * bytes);
        return nullptr;
    }
    return std::shared_ptr<PixelRing>(new PixelRing(size, static_cast<unsigned char*>(both), bytes));
}

PixelRing::~PixelRing() {
    munmap(memory_, 2 * bytes_);
}

QImage PixelRing::picture(std::shared_ptr<PixelRing> ring, std::ptrdiff_t offset) {
    const auto pixels = std::ptrdiff_t(ring->bytes_ / sizeof(QRgb));
    unsigned char* const at = ring->memory_ + std::size_t((offset % pixels + pixels) % pixels) * sizeof(QRgb);
    const QSize size = ring->size_;
    return QImage(
        at, size.width(), size.height(), size.width() * qsizetype(sizeof(QRgb)), QImage::Format_RGB32,
        [](void* held) { delete static_cast<std::shared_ptr<PixelRing>*>(held); },
        new std::shared_ptr<PixelRing>(std::move(ring)));
}

void PixelRing::rest() const {
    madvise(memory_, 2 * bytes_, MADV_DONTNEED);
}

} // namespace vedette::map

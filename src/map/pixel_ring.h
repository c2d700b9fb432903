// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include <cstddef>
#include <memory>

namespace vedette::map {

// Memory of one picture, mapped twice in a row: the picture may begin at any pixel of it. Moved by whole pixels it only
// begins elsewhere and nothing is copied, since what leaves at one side makes room for what comes in at the other.
class PixelRing {
public:
    // Null: there is no such memory to be had.
    static std::shared_ptr<PixelRing> of(QSize size);
    ~PixelRing();
    PixelRing(const PixelRing&) = delete;
    PixelRing& operator=(const PixelRing&) = delete;

    QSize size() const { return size_; }
    // The picture that begins `offset` pixels behind the start, RGB32; any number counts, round the end. It shares the
    // memory, and keeps it.
    static QImage picture(std::shared_ptr<PixelRing> ring, std::ptrdiff_t offset);
    // The pages stay, but don't count for this process until they are looked at again. Any thread.
    void rest() const;

private:
    PixelRing(QSize size, unsigned char* memory, std::size_t bytes) : size_(size), memory_(memory), bytes_(bytes) {}
    QSize size_;
    unsigned char* memory_;
    std::size_t bytes_; // of one of the two
};

} // namespace vedette::map

// SPDX-License-Identifier: GPL-3.0-or-later
#include "content_hash.h"

#include "write_file.h"

#include <fcntl.h>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vedette::layers {

namespace {

class Sha256 {
public:
    Sha256() { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }
    void add(const void* data, std::size_t size) { EVP_DigestUpdate(context_.get(), data, size); }
    std::string hex() {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        EVP_DigestFinal_ex(context_.get(), digest, &size);
        static constexpr char digits[] = "0123456789abcdef";
        std::string out;
        for (unsigned i = 0; i < size; ++i)
            (out += digits[digest[i] >> 4]) += digits[digest[i] & 15];
        return out;
    }

private:
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context_{EVP_MD_CTX_new()};
};

bool addFile(Sha256& hash, const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return false;
    std::vector<char> block(1 << 20);
    while (in) {
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        hash.add(block.data(), static_cast<std::size_t>(in.gcount()));
    }
    return in.eof();
}

} // namespace

std::string sha256Of(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes.data(), bytes.size());
    return hash.hex();
}

std::optional<std::string> contentHash(const std::vector<std::filesystem::path>& files,
                                       const std::filesystem::path& cache) {
    std::string stamp;
    bool settled = true;
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    for (const auto& file : files) {
        struct stat s {};
        if (::stat(file.c_str(), &s) != 0)
            return {};
        // A file changed within the last moments may change again without its times showing it.
        settled = settled && now.tv_sec - std::max(s.st_mtim.tv_sec, s.st_ctim.tv_sec) > 2;
        for (const std::int64_t part : {std::int64_t(s.st_size), std::int64_t(s.st_ino),
                                        std::int64_t(s.st_mtim.tv_sec), std::int64_t(s.st_mtim.tv_nsec),
                                        std::int64_t(s.st_ctim.tv_sec), std::int64_t(s.st_ctim.tv_nsec)})
            stamp += std::to_string(part) + " ";
        stamp += std::filesystem::absolute(file).string() + "\n";
    }
    const auto remembered = cache / (sha256Of(stamp).substr(0, 32) + ".content");
    if (std::ifstream in(remembered); in) {
        std::string hex;
        if (in >> hex && hex.size() == 64)
            return hex;
    }
    Sha256 hash;
    for (const auto& file : files) {
        const std::string name = file.filename().string();
        hash.add(name.c_str(), name.size() + 1);
        if (!addFile(hash, file))
            return {};
    }
    const std::string hex = hash.hex();
    if (settled)
        (void)writeFile(remembered, {hex}); // only a shortcut: without it the next start hashes again
    return hex;
}

} // namespace vedette::layers

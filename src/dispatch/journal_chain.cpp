// SPDX-License-Identifier: GPL-3.0-or-later
#include "journal_chain.h"

#include <openssl/evp.h>

namespace vedette::dispatch {

namespace {

// Fetched once: OpenSSL 3 looks an algorithm up at every use otherwise.
const EVP_MD* sha256Method() {
    static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return method;
}

Digest digest(std::span<const std::uint8_t> first, std::string_view second) {
    thread_local const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                                  &EVP_MD_CTX_free);
    Digest made{};
    EVP_DigestInit_ex2(context.get(), sha256Method(), nullptr);
    EVP_DigestUpdate(context.get(), first.data(), first.size());
    EVP_DigestUpdate(context.get(), second.data(), second.size());
    EVP_DigestFinal_ex(context.get(), made.data(), nullptr);
    return made;
}

// Lengths before texts: no two envelopes have the same bytes.
void add(std::string& bytes, std::string_view text) {
    bytes += std::to_string(text.size());
    bytes += ':';
    bytes += text;
}
void add(std::string& bytes, std::int64_t number) {
    add(bytes, std::string_view(std::to_string(number)));
}

std::string uuid(std::array<std::uint8_t, 16> raw, unsigned version) {
    raw[6] = static_cast<std::uint8_t>((raw[6] & 0x0F) | version << 4);
    raw[8] = static_cast<std::uint8_t>((raw[8] & 0x3F) | 0x80);
    std::string text = hex(raw);
    for (const std::size_t at : {8U, 13U, 18U, 23U})
        text.insert(at, 1, '-');
    return text;
}

} // namespace

Digest sha256(std::string_view bytes) {
    return digest({}, bytes);
}

std::string hex(std::span<const std::uint8_t> bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

Digest chained(const Digest& before, const Envelope& e, std::string_view storedPayload) {
    thread_local std::string bytes;
    bytes.clear();
    add(bytes, static_cast<std::int64_t>(e.seq));
    for (const std::string* text : {&e.eventId, &e.commandId, &e.source, &e.sourceId, &e.stream})
        add(bytes, *text);
    add(bytes, static_cast<std::int64_t>(e.version));
    add(bytes, e.kind);
    add(bytes, static_cast<std::int64_t>(e.kindVersion));
    add(bytes, static_cast<std::int64_t>(e.occurredAt.time_since_epoch().count()));
    add(bytes, static_cast<std::int64_t>(e.recordedAt.time_since_epoch().count()));
    add(bytes, e.actor);
    add(bytes, e.workstation);
    add(bytes, toString(e.mode));
    add(bytes, storedPayload);
    return digest(before, bytes);
}

Digest sealed(const Digest& before, const Digest& lastEvent) {
    return digest(before, {reinterpret_cast<const char*>(lastEvent.data()), lastEvent.size()});
}

std::string commitment(std::span<const std::uint8_t> salt, std::string_view text) {
    return hex(digest(salt, text));
}

std::string eventIdFor(std::string_view commandId, std::size_t place) {
    std::string bytes;
    add(bytes, commandId);
    add(bytes, static_cast<std::int64_t>(place));
    const Digest full = sha256(bytes);
    std::array<std::uint8_t, 16> raw{};
    std::copy_n(full.begin(), raw.size(), raw.begin());
    return uuid(raw, 8);
}

std::string newCommandId(Instant now, std::span<const std::uint8_t, 10> random) {
    std::array<std::uint8_t, 16> raw{};
    const auto millis = static_cast<std::uint64_t>(now.time_since_epoch().count());
    for (std::size_t i = 0; i < 6; ++i)
        raw[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
    std::copy(random.begin(), random.end(), raw.begin() + 6);
    return uuid(raw, 7);
}

layers::Problem brokenChain(const std::string& path, const Store::Verified& found) {
    const char* code = found.cause == "eventMissing"         ? "journalEventMissing"
                       : found.cause == "privateTextChanged" ? "journalTextChanged"
                       : found.cause == "blockChanged"       ? "journalSealChanged"
                                                             : "journalEventChanged";
    return layers::environment(
        code,
        {{"path", path}, {"event", found.eventId}, {"seq", std::to_string(found.firstBroken.value_or(0))}});
}

} // namespace vedette::dispatch

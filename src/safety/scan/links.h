// Links in a text: what a reader would open, whatever it is dressed up as.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heliograph::safety {

struct Link {
  // The host in ASCII and lower case, punycode for others (xn--...), without "www.". Empty for a mention.
  std::string domain;
  // The name behind t.me/NAME, tg://resolve?domain=NAME or @NAME, in lower case; "+HASH" for invitations.
  std::string peer;
  // From the domain on, as written, without the fragment; at most 2 KiB.
  std::string target;
  std::uint32_t begin = 0;  // bytes of the text, [begin, end)
  std::uint32_t end = 0;
  bool punycode = false;    // the domain has letters beyond ASCII
  bool mixed = false;       // letters of several alphabets, or look-alikes of Latin only
  bool shortened = false;   // of a service that hides where it leads
  bool redirected = false;  // was a parameter of another link ("?url=https%3A%2F%2F...")
};

// Replaces `links` with those of `text` in order: with a scheme, bare domains with a known ending, t.me and
// tg: links, mentions. Redirect parameters are followed inside the text (never over the network), three deep.
// At most 100 links. Zero-width characters and full-width dots inside are seen through; "example[.]com" and
// "example dot com" too. Linear in the text. Buffers are reused.
void extract_links(std::string_view text, std::vector<Link>& links);

// The host in its ASCII form, or nothing where it is no host name.
bool to_ascii_host(std::string_view host, std::string& ascii, bool& punycode);

}  // namespace heliograph::safety

#include "terms/canonical.h"

#include <gtest/gtest.h>

#include <chrono>

namespace heliograph::terms {
namespace {

struct Case {
  const char* written;
  const char* reads;
};

std::string reads(std::string_view written) {
  Canonical canonical;
  canonicalise(written, canonical);
  return canonical.text;
}

class Tricks : public testing::TestWithParam<Case> {};
TEST_P(Tricks, AreReadAsMeant) {
  EXPECT_EQ(reads(GetParam().written), GetParam().reads) << GetParam().written;
}

INSTANTIATE_TEST_SUITE_P(Shapes, Tricks,
                         testing::Values(Case{"ｂｕｙ　ｗｅｅｄ", "buy weed"}, Case{"𝓫𝓾𝔂 𝔀𝓮𝓮𝓭", "buy weed"},
                                         Case{"🅱🆄🆈 🅦🅔🅔🅓", "buy weed"}, Case{"ⓑⓤⓨ", "buy"},
                                         Case{"ʙᴜʏ ᴡᴇᴇᴅ", "buy weed"}, Case{"🇩🇷🇺🇬🇸", "drugs"},
                                         Case{"1️⃣0️⃣ left", "10 left"}, Case{"ﬁne", "fine"}));
INSTANTIATE_TEST_SUITE_P(Unseen, Tricks,
                         testing::Values(Case{"b\u200bu\u200by", "buy"}, Case{"b\u2060uy\ufeff", "buy"},
                                         Case{"\u202eb\u202du\u2066y", "buy"}, Case{"bu\u00ady", "buy"},
                                         Case{"b\u034fuy", "buy"}, Case{"buy\U000e0041", "buy"},
                                         Case{"h\u0337e\u0338l\u0335l\u0337o", "hello"},
                                         Case{"e\u0301\u0302\u0303\u0304vil", "evil"}));
INSTANTIATE_TEST_SUITE_P(OtherAlphabets, Tricks,
                         testing::Values(Case{"hеrоin", "heroin"},  // Cyrillic е, о
                                         Case{"сосаine", "cocaine"},
                                         Case{"cοcαine", "cocaine"},      // Greek ο, α
                                         Case{"нapкoтики", "наркотики"},  // Latin a, p, o
                                         Case{"гepoин", "героин"}, Case{"Вuу wеed", "buy weed"},
                                         Case{"cоcаіոе", "cocaine"}, Case{"ԝҽеԁ", "weed"},
                                         Case{"mԁмα", "mdma"}, Case{"coϲаιոҽ", "cocaine"},
                                         Case{"мeтһ", "meth"}, Case{"ԝееd fоr ѕаlе", "weed for sale"}));
INSTANTIATE_TEST_SUITE_P(Leet, Tricks,
                         testing::Values(Case{"w33d", "weed"}, Case{"c0ca1n3", "cocaine"},
                                         Case{"k1ll", "kill"}, Case{"ki11", "kill"}, Case{"k!ll", "kill"},
                                         Case{"pu$$y", "pussy"}, Case{"ca$h", "cash"},
                                         Case{"c@nnabis", "cannabis"}, Case{"нарк0тики", "наркотики"},
                                         Case{"h3r0!n", "heroin"}, Case{"coc@!ne", "cocaine"},
                                         Case{"mdm@", "mdma"}, Case{"f0r s4le", "for sale"}));
// Where words throughout are written so, the short ones are, too: alone they would be left as they are.
INSTANTIATE_TEST_SUITE_P(
    Throughout, Tricks,
    testing::Values(Case{"7h3 p4ssp0rt 1n my h4nd @nd th3 s74mp", "the passport in my hand and the stamp"},
                    Case{"$ich $ofort m3ld3n, ha8en w1r 9ut", "sich sofort melden, haben wir gut"},
                    Case{"1 d0n'7 c4r3 f0r y0ur r00m", "1 don't care for your room"},
                    Case{"50g w33d, p4y h3r3 0r c4ll 5k", "50g weed, pay here or call 5k"},
                    Case{"раssроrt аt тһе hоusе", "passport at the house"},  // Cyrillic, тһе wholly
                    Case{"пaспopт и вce кopoчки, дo yглa", "паспорт и все корочки, до угла"}));
INSTANTIATE_TEST_SUITE_P(SetApart, Tricks,
                         testing::Values(Case{"b u y   w e e d", "buy weed"}, Case{"w.e.e.d", "weed"},
                                         Case{"h-e-r-o-i-n now", "heroin now"}, Case{"г е р о и н", "героин"},
                                         Case{"b.u.y. .w.3.3.d", "buy weed"}, Case{"w*e*e*d", "weed"},
                                         Case{"b🌿u🌿y", "buy"}, Case{"b u y\nw e e d", "buy weed"},
                                         Case{"I t.u.r.n.e.d it", "i turned it"},
                                         Case{"d.o.n.'.t g.o", "dont go"},
                                         Case{"h.o.t.!.! n.o.w", "hot! now"},
                                         Case{"I   h a v e   5 k", "i have 5k"}));
INSTANTIATE_TEST_SUITE_P(Repeated, Tricks,
                         testing::Values(Case{"kiiiill", "kil"}, Case{"kkiillll", "kill"},
                                         Case{"heyyyy!!!!", "hey!"}, Case{"дааааа", "да"}));

// What is ordinary stays what it is.
class Ordinary : public testing::TestWithParam<Case> {};
TEST_P(Ordinary, TextKeepsItsWords) {
  EXPECT_EQ(reads(GetParam().written), GetParam().reads);
}
INSTANTIATE_TEST_SUITE_P(
    Languages, Ordinary,
    testing::Values(Case{"Привет, как дела? Ёлка и йод.", "привет, как дела? ёлка и йод."},
                    Case{"Її їжа й ґанок", "її їжа й ґанок"}, Case{"Рот, нос и сок", "рот, нос и сок"},
                    Case{"Schöne Grüße aus Köln", "schöne grüsse aus köln"},
                    Case{"C'est l'été à Noël, garçon", "c'est l'été à noël, garçon"},
                    Case{"¿Dónde está el niño?", "¿dónde está el niño?"},
                    Case{"مرحبا كيف حالك؟", "مرحبا كيف حالك؟"}, Case{"नमस्ते दोस्तों", "नमस्ते दोस्तों"},
                    Case{"สวัสดีครับ", "สวัสดีครับ"}, Case{"日本語のテキスト", "日本語のテキスト"},
                    Case{"안녕하세요 친구", "안녕하세요 친구"}, Case{"Ελλάδα καλημέρα", "ελλάδα καλημέρα"},
                    Case{"Việt Nam đẹp", "việt nam đẹp"}, Case{"İstanbul'da ışık", "istanbul'da ışık"},
                    Case{"Łódź smørrebrød", "łódź smørrebrød"}, Case{"שלום חברים", "שלום חברים"}));
INSTANTIATE_TEST_SUITE_P(Numbers, Ordinary,
                         testing::Values(Case{"at 5pm, 10kg for 100000usd", "at 5pm, 10kg for 100000usd"},
                                         Case{"mp3 and mp4, web3wallet", "mp3 and mp4, web3wallet"},
                                         Case{"covid19, windows11, h2o, b2b", "covid19, windows11, h2o, b2b"},
                                         Case{"call +1 202 555 0143", "call +1 202 555 0143"},
                                         Case{"2nd of 3rd", "2nd of 3rd"}, Case{"$100 or 50€", "$100 or 50€"},
                                         Case{"1488 km", "1488 km"},
                                         Case{"ps5 or ps4, xbox1?", "ps5 or ps4, xbox1?"},
                                         Case{"a52 and s9, mp3 h1 4th", "a52 and s9, mp3 h1 4th"}));
INSTANTIATE_TEST_SUITE_P(
    Marks, Ordinary,
    testing::Values(Case{"name@host.com", "name@host.com"}, Case{"@friend hello", "@friend hello"},
                    Case{"wow!great", "wow!great"}, Case{"rock+roll", "rock+roll"}, Case{"kill!", "kill!"},
                    Case{"PDFки, VIPка, IT-отдел", "pdfки, vipка, it-отдел"}, Case{"я и ты", "я и ты"},
                    Case{"🇺🇦🇵🇱 ok", "🇺🇦🇵🇱 ok"}, Case{"www, xxx, success", "www, xxx, success"},
                    Case{"a well-known e-mail", "a well-known e-mail"}));

TEST(Canonical, PointsBackToTheOriginal) {
  const std::string text = "Buy  w\u200b33d!";
  Canonical canonical;
  canonicalise(text, canonical);
  ASSERT_EQ(canonical.skeleton, "buywed");
  const auto& w = canonical.letters[3];
  const auto& e = canonical.letters[4];
  const auto& d = canonical.letters[5];
  EXPECT_EQ(text.substr(w.begin, d.end - w.begin), "w\u200b33d");
  EXPECT_EQ(e.run, 2);
  EXPECT_EQ(w.word, 1u);
  EXPECT_TRUE(w.has(Letter::after_space));
}

TEST(Canonical, BytesThatAreNotTextAreLeftOut) {
  EXPECT_EQ(reads("a\xff\xfe"
                  "b\xc3 c\xed\xa0\x80"),
            "ab c");
  EXPECT_EQ(reads(""), "");
  EXPECT_EQ(reads("\u200b\u200b"), "");
}

TEST(Canonical, AMegabyteOfAnythingIsHarmless) {
  for (const std::string_view unit : {"\u0301", "\u064b", "\u0e48", "\ufdfa", "a\u0301", ".a", " a", "1",
                                      "1a", "$", "a$", "@", "!a", "\u1160"}) {
    std::string text = "a";
    const std::size_t size =
        unit == "\u0301" ? 1'000'000 : 100'000;  // the rest costs seconds without optimisation
    while (text.size() < size) text += unit;
    Canonical canonical;
    const auto before = std::chrono::steady_clock::now();
    canonicalise(text, canonical);
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(30)) << unit;
    EXPECT_LE(canonical.text.size(), 12 * text.size());
  }
}

}  // namespace
}  // namespace heliograph::terms

#include "store/sqlite/check_rules.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "store/sqlite/check.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/open.h"
#include "store/suite/temp_directory.h"

namespace heliograph::store::sqlite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One row of everything the rules are about, each as it should be.
constexpr const char* kSound = R"sql(
INSERT INTO chats (peer, kind, creator, flags, title, about, username, default_banned, slow_mode, ttl_period,
  linked, migrated, migrated_max_id, photo, members, admins, restricted, banned, version, created_at, details)
  VALUES (23, 2, 0, 0, 'News', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, x'');
INSERT INTO boxes (account, last_message, last_scheduled, pts, seq, date, oldest_pts, erasures, logged_from)
  VALUES (-5, 3, 0, 1, 1, 0, 1, 0, 0);
INSERT OR REPLACE INTO counters VALUES ('link', 9);
INSERT INTO messages (key, peer, from_user, link, flags, date, edited_at, expires_at, random_id, kind,
  thread, album, text, content) VALUES (-5 * 2147483648 + 3, 23, 1, 9, 0, 0, 0, 0, 0, 0, 0, 0, '', x'');

INSERT INTO chats (peer, kind, creator, flags, title, about, username, default_banned, slow_mode, ttl_period,
  linked, migrated, migrated_max_id, photo, members, admins, restricted, banned, version, created_at, details)
  VALUES (31, 2, 0, 32, 'Forum', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, x'');
INSERT INTO boxes (account, last_message, last_scheduled, pts, seq, date, oldest_pts, erasures, logged_from)
  VALUES (-7, 4, 0, 1, 1, 0, 1, 0, 0);
INSERT INTO messages (key, peer, from_user, link, flags, date, edited_at, expires_at, random_id, kind,
  thread, album, text, content) VALUES (-7 * 2147483648 + 2, 31, 1, 2, 0, 0, 0, 0, 0, 0, 1, 0, '', x''),
  (-7 * 2147483648 + 3, 31, 1, 3, 524320, 0, 0, 0, 0, 0, 0, 0, '', x''),
  (-7 * 2147483648 + 4, 31, 1, 4, 0, 0, 0, 0, 0, 0, 3, 0, '', x'');
INSERT INTO topics (key, creator, shown_as, date, title, icon_color, icon_emoji, flags, titled_by, top,
  pinned_order) VALUES (-7 * 2147483648 + 1, 1, 0, 0, 'General', 0, 0, 0, 0, 2, 0),
  (-7 * 2147483648 + 3, 1, 0, 0, 'Cars', 0, 0, 0, 3, 4, 0);

INSERT INTO ledger_records VALUES (1, zeroblob(65), 0, 1, 0, x''), (2, x'01', NULL, 1, 0, x'');
INSERT INTO ledger_tiles VALUES (-1, 0, zeroblob(256 * 67)), (-1, 1, zeroblob(67)), (1, 0, zeroblob(32));
INSERT INTO ledger_trees VALUES (4, x'', 1), (257, x'', 2);
INSERT INTO ledger_cosignatures VALUES (4, 'w', '');

INSERT INTO media (id, kind, owner, created_at, sha256, size, mime_type, body) VALUES
  (1, 1, 0, 0, x'aa', 1, '', x''), (2, 2, 0, 0, x'bb', 1, '', x'');
INSERT INTO media_blobs VALUES (x'aa', 1), (x'ab', 1), (x'bb', 2);
INSERT INTO profile_photos VALUES (23, 1, 1);
INSERT INTO uploads VALUES (1, 7, 1, 1, 0, 1, 0, x'', 0, x'', x'');
INSERT INTO upload_parts VALUES (1, 7, 0, 1, 0);
INSERT INTO sticker_sets VALUES (1, 1, 1, 'a', 'a', 'A', 'a', 0, 0);
INSERT INTO stickers VALUES (1, 0, 2, 'x');
INSERT INTO installed_sets VALUES (1, 1, 1, 0, 0);

INSERT INTO invites VALUES (1, 23, 7, 'h', 2, '', 0, 0, 0, 1), (2, 23, 7, 'i', 3, '', 0, 0, 0, 0);
INSERT INTO invite_importers VALUES (23, 8, 1, 0, 0, 0), (23, 9, 1, 0, 1, 0), (23, 9, 0, 0, 0, 0);
INSERT INTO admin_log VALUES (1, 23, 7, 0, 1, x'', '');

INSERT INTO reactions VALUES (9, 1, 0, 'a', 0, 0), (9, 2, 0, 'a', 0, 0);
INSERT INTO reaction_counts VALUES (9, 'a', 2);
INSERT INTO post_counts VALUES (-5 * 2147483648 + 3, 1, 0);
INSERT INTO attention VALUES (1, 23, 1, 3, 1);
INSERT INTO reaction_policies VALUES (23, 1, '', 0);
)sql";

struct Breach {
  const char* sql;
  const char* finding;
};

constexpr Breach kBreaches[] = {
    {"UPDATE ledger_trees SET size = 258 WHERE size = 257",
     "The ledger holds 257.0 entries, its newest tree has 258 leaves."},
    {"UPDATE ledger_tiles SET bytes = zeroblob(64) WHERE level = 1",
     "The ledger's tiles of level 1 hold 2.0 hashes; the newest tree has 1 there."},
    {"UPDATE ledger_tiles SET bytes = zeroblob((512 - n * 511 - 256) * 67 + n * 256 * 67) WHERE level = -1; "
     "UPDATE ledger_tiles SET bytes = zeroblob(67) WHERE level = -1 AND n = 0; UPDATE ledger_tiles SET bytes "
     "= "
     "zeroblob(256 * 67) WHERE level = -1 AND n = 1",
     "Tile 0 of level -1 of the ledger is not full, but there are later ones."},
    {"UPDATE ledger_records SET leaf_index = 257 WHERE id = 1",
     "Record 1 is not what the ledger has at 257."},
    {"UPDATE ledger_records SET entry = x'00' WHERE id = 1", "Record 1 is not what the ledger has at 0."},
    {"UPDATE ledger_cosignatures SET size = 5",
     "A witness has signed the ledger with 5 leaves, which it never had."},
    {"INSERT INTO media_blobs VALUES (x'cc', 3)",
     "Files are kept for photo or document 3, which does not exist."},
    {"DELETE FROM media_blobs WHERE sha256 = x'bb'", "The file of photo or document 2 is not kept."},
    {"UPDATE profile_photos SET photo = 2", "A peer (23) is shown with photo 2, which does not exist."},
    {"DELETE FROM uploads", "Parts of a file (1, 7) are there without the file."},
    {"UPDATE stickers SET document = 1", "Sticker 1 of set 1 does not exist."},
    {"UPDATE stickers SET sticker_set = 2", "Set 2 does not exist, but has stickers."},
    {"UPDATE installed_sets SET sticker_set = 2", "Set 2 does not exist, but is installed."},
    {"UPDATE invites SET chat = 27 WHERE id = 2", "Invite link 2 is of a group that does not exist."},
    {"UPDATE invite_importers SET link = 3 WHERE user = 8",
     "People came through invite link 3, which does not exist."},
    {"UPDATE invites SET usage = 0", "Invite link 1 was used 0 times, but more people came through it."},
    {"UPDATE invites SET flags = 2", "Account 7 has several permanent links to one group."},
    {"UPDATE admin_log SET chat = 27",
     "The log of administrators has entries of a group (27) that does not exist."},
    {"DELETE FROM topics WHERE titled_by = 0; UPDATE messages SET thread = 3 WHERE thread = 1",
     "Forum 7 has no General topic."},
    {"INSERT INTO topics SELECT key - 2147483648, 1, 0, 0, '', 0, 0, 4, 0, 0, 0 FROM topics WHERE titled_by "
     "= 0",
     "Topic 1 of box -8 is not of a group that exists."},
    {"UPDATE messages SET flags = 32, thread = 1 WHERE flags = 524320; UPDATE topics SET top = 3 WHERE top = "
     "2",
     "Topic 3 of box -7 begins with a message that does not begin one."},
    {"UPDATE topics SET flags = 4 WHERE titled_by = 3",
     "Message 3 of box -7 begins a topic that does not exist."},
    {"UPDATE topics SET top = 3 WHERE titled_by = 3",
     "Topic 3 of box -7 is said to end with message 3, it ends with 4."},
    {"UPDATE messages SET thread = 0 WHERE thread = 1; UPDATE topics SET top = 1 WHERE top = 2",
     "Message 2 of forum 7 is in no topic."},
    {"UPDATE messages SET saved_peer = 5 WHERE peer = 23",
     "Message 3 of box -5 is filed among saved messages and does not belong there, or belongs there and is "
     "not."},
    {"UPDATE reaction_counts SET count = 1",
     "Reactions to the message with link 9 are counted as 1, there are 2."},
    {"DELETE FROM reaction_counts", "Reactions to the message with link 9 are counted as 0, there are 2."},
    {"UPDATE reactions SET link = 8; UPDATE reaction_counts SET link = 8",
     "There are reactions to a message (link 8) that does not exist."},
    {"UPDATE post_counts SET key = key - 1",
     "Views of a post (2) of box -5 are counted, which does not exist."},
    {"UPDATE attention SET message = 4", "Account 1 is asked to look at message 4, which does not exist."},
    {"UPDATE reaction_policies SET peer = 27",
     "A chat (27) says which reactions it takes, and does not exist."},
    {"INSERT INTO journal VALUES (1, 7, x'01', 5, 0, 3600, x'00')",
     "Rows of the journal are sealed to key 5, which is not kept."},
    {"INSERT INTO legal_requests VALUES (4, 4, 2, 6, 1, 1, 'DE', 'eu', 7, x'', 0, 0, 0, 0, '', 99, 0, 0, 0, "
     "1, x'', x'')",
     "Request 4 names record 99 of the ledger, which does not exist."},
    {"INSERT INTO legal_packages VALUES (4, 1, 0, 0, 0, x'00', x'00'); INSERT INTO legal_acts VALUES (1, 4, "
     "7, 0, 1, 0, 'passed', 0, x'', 0, 0, 0)",
     "Request 4 was answered, and no act says that its gates were passed."},
    {"INSERT INTO agency_applications VALUES (4, x'01', x'', 3, 0, 5, 7, 99, x'')",
     "Application 4 was taken up as agency 99, which does not exist."},
};

class CheckRules : public ::testing::TestWithParam<Breach> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(open({.directory = directory.path()}));
    run(kSound);
  }
  void run(const char* sql) {
    const auto db = Connection::open(database_in(directory.path()).string(), {});
    ASSERT_TRUE(db);
    ASSERT_TRUE((*db)->script(sql)) << sql;
  }
  std::vector<std::string> findings() {
    const auto report = check(directory.path());
    EXPECT_TRUE(report) << report.error().message;
    return report ? report->findings : std::vector<std::string>{"no report"};
  }

  suite::TempDirectory directory;
};

TEST_P(CheckRules, SayWhatIsBroken) {
  run(GetParam().sql);
  EXPECT_THAT(findings(), ElementsAre(GetParam().finding)) << GetParam().sql;
}
INSTANTIATE_TEST_SUITE_P(All, CheckRules, ::testing::ValuesIn(kBreaches));

TEST_F(CheckRules, SayNothingOfWhatIsAsItShouldBe) {
  EXPECT_THAT(findings(), IsEmpty());
}

}  // namespace
}  // namespace heliograph::store::sqlite

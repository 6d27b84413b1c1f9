#include "store/sqlite/check_rules.h"

namespace heliograph::store::sqlite {

namespace {

// A bundle of the ledger's entries holds 256 of 67 bytes, a tile of its hashes 256 of 32 (docs/ledger.md).
constexpr const char* kRules[] = {
    // The ledger.
    "SELECT 'The ledger holds ' || entries || ' entries, its newest tree has ' || size || ' leaves.' FROM "
    "(SELECT coalesce((SELECT sum(length(bytes)) FROM ledger_tiles WHERE level = -1), 0) / 67.0 AS entries, "
    "coalesce((SELECT max(size) FROM ledger_trees), 0) AS size) WHERE entries != size",
    "SELECT 'The ledger''s tiles of level ' || level || ' hold ' || hashes || ' hashes; the newest tree has "
    "' || "
    "due || ' there.' FROM (SELECT l.column1 AS level, coalesce((SELECT sum(length(bytes)) FROM ledger_tiles "
    "WHERE level = l.column1), 0) / 32.0 AS hashes, coalesce((SELECT max(size) FROM ledger_trees), 0) >> "
    "(8 * l.column1) AS due FROM (VALUES (1), (2), (3), (4), (5), (6), (7)) l) WHERE hashes != due",
    "SELECT 'Tile ' || n || ' of level ' || level || ' of the ledger is not full, but there are later ones.' "
    "FROM ledger_tiles t WHERE length(bytes) != CASE level WHEN -1 THEN 256 * 67 ELSE 256 * 32 END AND n < "
    "(SELECT max(n) FROM ledger_tiles o WHERE o.level = t.level)",
    "SELECT 'Record ' || id || ' is not what the ledger has at ' || leaf_index || '.' FROM ledger_records r "
    "LEFT JOIN ledger_tiles t ON t.level = -1 AND t.n = r.leaf_index / 256 WHERE r.leaf_index IS NOT NULL "
    "AND "
    "substr(t.bytes, r.leaf_index % 256 * 67 + 3, 65) IS NOT r.entry",
    "SELECT 'A witness has signed the ledger with ' || size || ' leaves, which it never had.' FROM "
    "ledger_cosignatures WHERE size NOT IN (SELECT size FROM ledger_trees)",

    // Photos and documents.
    "SELECT DISTINCT 'Files are kept for photo or document ' || media || ', which does not exist.' FROM "
    "media_blobs WHERE media NOT IN (SELECT id FROM media)",
    "SELECT 'The file of photo or document ' || id || ' is not kept.' FROM media m WHERE NOT EXISTS (SELECT "
    "1 "
    "FROM media_blobs b WHERE b.sha256 = m.sha256 AND b.media = m.id)",
    "SELECT 'A peer (' || peer || ') is shown with photo ' || photo || ', which does not exist.' FROM "
    "profile_photos WHERE photo NOT IN (SELECT id FROM media WHERE kind = 1)",
    "SELECT DISTINCT 'Parts of a file (' || owner || ', ' || file || ') are there without the file.' FROM "
    "upload_parts p WHERE NOT EXISTS (SELECT 1 FROM uploads u WHERE u.owner = p.owner AND u.file = p.file)",
    "SELECT 'Sticker ' || document || ' of set ' || sticker_set || ' does not exist.' FROM stickers WHERE "
    "document NOT IN (SELECT id FROM media WHERE kind = 2)",
    "SELECT DISTINCT 'Set ' || sticker_set || ' does not exist, but has stickers.' FROM stickers WHERE "
    "sticker_set NOT IN (SELECT id FROM sticker_sets)",
    "SELECT DISTINCT 'Set ' || sticker_set || ' does not exist, but is installed.' FROM installed_sets WHERE "
    "sticker_set NOT IN (SELECT id FROM sticker_sets)",

    // Cases.
    "SELECT 'Of queue ' || queue || ', category ' || category || ', ' || says || ' cases are said to wait, ' "
    "|| "
    "there || ' do.' FROM (SELECT queue, category, sum(says) AS says, sum(there) AS there FROM (SELECT "
    "queue, "
    "category, open AS says, 0 AS there FROM case_waiting UNION ALL SELECT queue, category, 0, 1 FROM cases "
    "WHERE state = 1) GROUP BY queue, category) WHERE says != there",

    // Invite links and the administrators' log.
    "SELECT 'Invite link ' || id || ' is of a group that does not exist.' FROM invites WHERE chat NOT IN "
    "(SELECT "
    "peer FROM chats)",
    "SELECT DISTINCT 'People came through invite link ' || link || ', which does not exist.' FROM "
    "invite_importers WHERE link != 0 AND link NOT IN (SELECT id FROM invites)",
    "SELECT 'Invite link ' || id || ' was used ' || usage || ' times, but more people came through it.' FROM "
    "invites i WHERE usage < (SELECT count(*) FROM invite_importers m WHERE m.link = i.id AND m.requested = "
    "0)",
    "SELECT 'Account ' || admin || ' has several permanent links to one group.' FROM invites WHERE flags & 3 "
    "= 2 "
    "GROUP BY chat, admin HAVING count(*) > 1",
    "SELECT DISTINCT 'The log of administrators has entries of a group (' || chat || ') that does not "
    "exist.' "
    "FROM admin_log WHERE chat NOT IN (SELECT peer FROM chats)",

    // Saved messages.
    "SELECT 'Message ' || id || ' of box ' || owner || ' is filed among saved messages and does not belong "
    "there, or "
    "belongs there and is not.' FROM messages WHERE (saved_peer != 0) != (owner > 0 AND peer = owner * 4 + "
    "1)",

    // Forums and their topics.
    "SELECT 'Forum ' || (peer >> 2) || ' has no General topic.' FROM chats WHERE (flags & 33) = 32 AND NOT "
    "EXISTS (SELECT 1 FROM topics t WHERE t.key = -(chats.peer >> 2) * 2147483648 + 1)",
    "SELECT 'Topic ' || (key & 2147483647) || ' of box ' || box || ' is not of a group that exists.' FROM "
    "topics WHERE box NOT IN (SELECT -(peer >> 2) FROM chats WHERE (flags & 1) = 0)",
    "SELECT 'Topic ' || (key & 2147483647) || ' of box ' || box || ' begins with a message that does not "
    "begin one.' FROM topics t WHERE (flags & 4) = 0 AND (key & 2147483647) != 1 AND NOT EXISTS (SELECT 1 "
    "FROM "
    "messages m WHERE m.key = t.key AND (m.flags & 524288) != 0)",
    "SELECT 'Message ' || id || ' of box ' || owner || ' begins a topic that does not exist.' FROM messages "
    "m "
    "JOIN chats c ON c.peer = m.peer WHERE m.key < 0 AND (m.flags & 524288) != 0 AND (c.flags & 1) = 0 AND "
    "NOT EXISTS (SELECT 1 FROM topics t WHERE t.key = m.key AND (t.flags & 4) = 0)",
    "SELECT 'Topic ' || id || ' of box ' || box || ' is said to end with message ' || says || ', it ends "
    "with ' "
    "|| there || '.' FROM (SELECT key & 2147483647 AS id, box, top AS says, coalesce((SELECT max(m.id) FROM "
    "messages m WHERE m.owner = t.box AND m.thread != 0 AND m.thread = (t.key & 2147483647)), t.key & "
    "2147483647) AS there FROM topics t WHERE (flags & 4) = 0) WHERE says != there",
    "SELECT 'Message ' || m.id || ' of forum ' || (c.peer >> 2) || ' is in no topic.' FROM chats c JOIN "
    "messages m ON m.owner = -(c.peer >> 2) AND m.peer = c.peer WHERE (c.flags & 33) = 32 AND "
    "(m.flags & 524288) = 0 AND NOT EXISTS (SELECT 1 FROM topics t WHERE t.key = (m.key >> 31) * 2147483648 "
    "+ "
    "m.thread AND m.thread != 0)",

    // What people answered without writing.
    "SELECT 'Reactions to the message with link ' || link || ' are counted as ' || says || ', there are ' || "
    "there || '.' FROM (SELECT link, reaction, max(says) AS says, max(there) AS there FROM (SELECT link, "
    "reaction, "
    "count AS says, 0 AS there FROM reaction_counts UNION ALL SELECT link, reaction, 0, count(*) FROM "
    "reactions "
    "GROUP BY link, reaction) GROUP BY link, reaction) WHERE says != there",
    "SELECT DISTINCT 'There are reactions to a message (link ' || link || ') that does not exist.' FROM "
    "reactions "
    "r WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.link = r.link)",
    "SELECT 'Views of a post (' || (key & 2147483647) || ') of box ' || (key >> 31) || ' are counted, which "
    "does "
    "not exist.' FROM post_counts p WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.key = p.key)",
    "SELECT 'Account ' || account || ' is asked to look at message ' || message || ', which does not exist.' "
    "FROM "
    "attention a WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.key = (CASE a.peer & 3 WHEN 3 THEN "
    "-(a.peer >> 2) ELSE a.account END) * 2147483648 + a.message)",
    "SELECT 'A chat (' || peer || ') says which reactions it takes, and does not exist.' FROM "
    "reaction_policies "
    "WHERE peer NOT IN (SELECT peer FROM chats)",

    // The legal desk and the sealed journal.
    "SELECT DISTINCT 'Rows of the journal are sealed to key ' || key || ', which is not kept.' FROM journal "
    "WHERE key NOT IN (SELECT number FROM journal_keys)",
    "SELECT 'Request ' || id || ' names record ' || record || ' of the ledger, which does not exist.' FROM "
    "legal_requests WHERE record != 0 AND record NOT IN (SELECT id FROM ledger_records)",
    "SELECT 'Request ' || request || ' was answered, and no act says that its gates were passed.' FROM "
    "legal_packages p WHERE (SELECT count(DISTINCT gate) FROM legal_acts a WHERE a.request = p.request AND "
    "a.what = 'passed' AND a.gate BETWEEN 1 AND 7) != 7",
    "SELECT 'Application ' || id || ' was taken up as agency ' || agency || ', which does not exist.' FROM "
    "agency_applications WHERE agency != 0 AND agency NOT IN (SELECT id FROM legal_agencies)",
};

}  // namespace

std::span<const char* const> check_rules() {
  return kRules;
}

}  // namespace heliograph::store::sqlite

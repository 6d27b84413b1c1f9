#include "services/updates/logged.h"

#include <algorithm>

namespace heliograph::services {

Status read_logged(store::Tx& tx, BoxId box, MessageId hidden_up_to,
                   const std::vector<store::Update>& entries, std::vector<store::Message>& added,
                   std::vector<store::Message>& edited) {
  std::vector<MessageId> new_ids, edited_ids;
  for (const auto& entry : entries) {
    if (entry.message_id && entry.message_id <= hidden_up_to) continue;
    if (entry.kind == store::UpdateKind::new_message) new_ids.push_back(entry.message_id);
    if (entry.kind == store::UpdateKind::edit_message) edited_ids.push_back(entry.message_id);
  }
  std::ranges::sort(edited_ids);
  edited_ids.erase(std::ranges::unique(edited_ids).begin(), edited_ids.end());
  HG_ASSIGN(added, tx.messages().find_many(box, new_ids));
  HG_ASSIGN(edited, tx.messages().find_many(box, edited_ids));
  return {};
}

}  // namespace heliograph::services

// What a post carries, as the search index knows it: of the post itself, and of a filter that asks for it.
#pragma once

#include "search/document.h"
#include "store/messages.h"

namespace heliograph::services {

search::Traits traits_of(const store::Message& message);
// Any one of them will do. 0: the index cannot tell (whom a post mentions, what is pinned now, a service
// message), or the filter asks for none.
search::Traits traits_of(const store::SearchFilter& filter);

}  // namespace heliograph::services

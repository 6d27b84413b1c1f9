// A document as Xapian takes it (layout.h).
#pragma once

#include <xapian.h>

#include "search/document.h"
#include "search/xapian/layout.h"
#include "search/xapian/stems.h"

namespace heliograph::search {

struct Built {
  Xapian::Document document;
  Facts facts;
};

Built build(const Document& document, Stems& stems);

}  // namespace heliograph::search

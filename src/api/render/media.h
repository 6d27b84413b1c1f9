// Photos and documents on the wire, each time with a fresh file reference.
#pragma once

#include "services/files/files.h"
#include "tl/core_d.h"
#include "tl/core_m.h"
#include "tl/core_p.h"

namespace heliograph::api {

tl::Box<tl::Photo> render_photo(const services::Library& library, const services::Photo& photo);
tl::Box<tl::Document> render_document(const services::Library& library, const services::Document& document);

// `ttl_seconds`: of media that vanish; 0: they stay.
tl::Box<tl::MessageMedia> render_photo_media(tl::Box<tl::Photo> photo, bool spoiler,
                                             std::int32_t ttl_seconds);
tl::Box<tl::MessageMedia> render_document_media(const services::Document& document,
                                                tl::Box<tl::Document> rendered, bool spoiler,
                                                std::int32_t ttl_seconds);

}  // namespace heliograph::api

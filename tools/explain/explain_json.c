// SPDX-License-Identifier: LGPL-2.1-or-later
/* v6lit explain --json. */
#include "tools/common/json.h"
#include "tools/explain/explanation.h"

#include <string.h>

static void put_zone(struct json *object, const struct explanation *e)
{
    if (e->zone == EXPLANATION_ZONE_NEEDLESS || e->zone == EXPLANATION_ZONE_NONE) {
        json_put_null(object, "zone");
        return;
    }
    struct json *zone = json_put_object(object, "zone");
    if (e->zone_index == 0)
        json_put_null(zone, "index");
    else
        json_put_number(zone, "index", e->zone_index);
    json_put_optional(zone, "interface", e->zone_interface);
    if (e->zone == EXPLANATION_ZONE_UNASKED)
        json_put_null(zone, "exists");
    else
        json_put_truth(zone, "exists", e->zone == EXPLANATION_ZONE_HERE);
}

static void put_kind(struct json *object, const struct kind *kind)
{
    struct json *child = json_put_object(object, "kind");
    json_put_string(child, "name", kind->name);
    json_put_string(child, "prefix", kind->prefix);
    json_put_string(child, "source", kind->source);
    json_put_optional(child, "scope", kind->scope);
    json_put_optional(child, "ipv4", kind->ipv4);
}

static void put_fault(struct json *object, const struct explanation *e)
{
    json_put_string(object, "error", v6lit_status_name(e->status));
    json_put_string(object, "reason", v6lit_strerror(e->status));
    json_put_number(object, "column", e->column);
    if (e->has_correction)
        json_put_text(object, "correction", e->suggest.correction.text,
                      e->suggest.correction.length);
    else
        json_put_null(object, "correction");
    json_put_optional(object, "correction_reason", e->has_correction ? e->suggest.why : NULL);
}

void explanation_add_json(const struct explanation *e)
{
#define KEY(id, key, label) [id] = key,
    static const char *const keys[] = {EXPLANATION_MAP(KEY)};
#undef KEY
    struct json *object = json_add_input(e->input, e->length, e->status == V6LIT_OK);
    if (e->status != V6LIT_OK) {
        put_fault(object, e);
        return;
    }
    json_put_string(object, "form", explanation_form_name(e));
    json_put_string(object, "address", e->address);
    put_zone(object, e);
    put_kind(object, &e->kind);
    for (size_t i = 0; i < EXPLANATION_FORMS; i++)
        json_put_optional(object, keys[i], e->form[i]);
    struct json *notes = json_put_array(object, "notes");
    for (size_t i = 0; i < e->notes; i++)
        json_append_text(notes, e->note[i], strlen(e->note[i]));
}

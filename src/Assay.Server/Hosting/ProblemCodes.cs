using System.Collections.Immutable;

namespace Assay.Server.Hosting;

/// <summary>Every code a problem of this server can have: what clients may rely on. A test finds a code that is missing here.</summary>
internal static class ProblemCodes
{
    public static ImmutableArray<ProblemCode> All { get; } =
    [
        new("bad_request", "400", "The request could not be read."),
        new("invalid_json", "400", "The body is not JSON; nothing was stored."),
        new("invalid_gzip", "400", "The body is not what Content-Encoding: gzip promises: broken, cut short or followed by something else; nothing was stored."),
        new("invalid_body", "400, 422", "A field of the body, or the envelope of a batch, is wrong; nothing was stored."),
        new("invalid_query", "400", "A query parameter is wrong; every wrong one is named."),
        new("unknown_host", "400", "A server on loopback answers to localhost, 127.0.0.1 and [::1] only."),
        new("stale_form", "400", "A form was sent from an old page or from another site; open the page again."),
        new("unauthenticated", "401", "A key is needed: Authorization: Bearer …"),
        new("unknown_key", "401", "The key is not one of this installation."),
        new("forbidden", "403", "The request is not allowed."),
        new("insufficient_scope", "403", "The key's scope does not allow this; the detail says which does."),
        new("cross_origin", "403", "A page of another origin may not write here."),
        new("not_found", "404", "There is nothing at this address."),
        new("unknown_experiment", "404", "There is no experiment of this key."),
        new("unknown_unit", "404", "Nothing is stored of this unit."),
        new("unknown_decision", "404", "The experiment has no decision of this number."),
        new("unknown_iteration", "404", "The experiment has no ended iteration of this number."),
        new("unknown_verdict", "404", "The experiment has no recorded verdict of this number."),
        new("not_excluded", "404", "No such exclusion is in force."),
        new("not_linked", "404", "No link of this anonymous id is in force."),
        new("method_not_allowed", "405", "The address is right and the method is not; Allow says which are."),
        new("request_timeout", "408", "The request came too slowly."),
        new("key_taken", "409", "There is an experiment of this key already."),
        new("not_draft", "409", "Only a draft can be replaced or deleted; a design is frozen at start."),
        new("illegal_transition", "409", "The experiment's status does not allow this action."),
        new("changed_meanwhile", "409", "Another change came first; read the experiment again."),
        new("verdict_changed", "409", "The verdict is no longer the one that the decision was made of; read it again."),
        new("not_running", "409", "The experiment is a draft or archived: it assigns no unit and takes no data."),
        new("closed", "409", "The experiment was stopped and its last window has closed."),
        new("before_retention", "409", "Rows of that time have been removed; an experiment cannot have begun before the horizon."),
        new("sealed", "409", "The experiment's rows have been removed by retention: its results stay, and cannot be computed again."),
        new("version_mismatch", "412", "The experiment is no longer the version that If-Match names."),
        new("body_too_large", "413", "The body has more bytes than are taken; nothing was stored."),
        new("too_many_items", "413", "The batch has more items than are taken; nothing was stored."),
        new("unsupported_media_type", "415", "The body's content type is not read here."),
        new("unsupported_encoding", "415", "The body's Content-Encoding is not read here; Accept-Encoding says which are."),
        new("invalid_design", "422", "The design breaks rules; every error is named by its pointer."),
        new("precondition_required", "428", "Send If-Match with the ETag of the version that is to be replaced."),
        new("internal_error", "500", "A fault of the server; its log has the trace id."),
        new("busy", "503", "A verification is running already, or commits came too fast to verify between them. Try again after Retry-After."),
        new("overloaded", "503", "More is waiting than can be committed soon, or more compressed bodies come at once than can be expanded; nothing was acknowledged. Send the same batch again after Retry-After."),
        new("starting", "503", "Storage is being migrated or restored. Try again after Retry-After."),
        new("storage_failed", "503", "Storage did not come up, or did not take the batch; nothing was acknowledged, and the server's log says why."),
        new("storage_not_writable", "503", "Storage takes no writes now."),
        new("unavailable", "503", "The server cannot answer now."),
        new("error", "4xx", "The request was refused."),
    ];
}

/// <param name="Status">The statuses it comes with.</param>
internal sealed record ProblemCode(string Code, string Status, string Meaning);

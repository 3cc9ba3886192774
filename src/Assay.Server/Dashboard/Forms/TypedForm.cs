using System.Collections.Immutable;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Dashboard.Forms;

/// <summary>A form as somebody typed it, and what is wrong with it. A field is named by the JSON pointer of what it stands for, without the first slash, so that the API's errors find their fields. Public because components are; what is inside stays in the server.</summary>
public sealed record TypedForm
{
    internal TypedForm(ImmutableDictionary<string, string> values) => Values = values;

    internal static TypedForm Blank { get; } = new(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    internal ImmutableDictionary<string, string> Values { get; init; }

    /// <summary>The refusal in a sentence; null where nothing was refused.</summary>
    internal string? Refusal { get; init; }

    /// <summary>The code of the refusal; null where nothing was refused.</summary>
    internal string? Code { get; init; }

    /// <summary>Every error, by pointer.</summary>
    internal ImmutableArray<ProblemError> Errors { get; init; } = [];

    /// <summary>What was typed, trimmed; empty where nothing was.</summary>
    internal string this[string field] => Values.GetValueOrDefault(field, "").Trim();

    internal ImmutableArray<ProblemError> ErrorsOf(string field) => [.. Errors.Where(error => error.Pointer.AsSpan().TrimStart('/').SequenceEqual(field))];

    /// <summary>The same form beside the problem that it was answered with.</summary>
    internal TypedForm RefusedBy(ProblemHttpResult problem) => this with
    {
        Refusal = problem.ProblemDetails.Detail,
        Code = problem.ProblemDetails.Extensions.TryGetValue("code", out var code) ? code as string : null,
        Errors = problem.ProblemDetails.Extensions.TryGetValue("errors", out var errors) && errors is IReadOnlyList<ProblemError> list ? [.. list] : [],
    };
}

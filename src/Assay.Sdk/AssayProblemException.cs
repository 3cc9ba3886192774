using System.Diagnostics.CodeAnalysis;

namespace Assay.Sdk;

/// <summary>The server refused a request and said why (RFC 9457). Sent again, it would be refused again.</summary>
[SuppressMessage("Design", "CA1032", Justification = "A problem is always an answer of a server; the bare constructors would have nothing to say.")]
public sealed class AssayProblemException : AssayException
{
    internal AssayProblemException(int status, string type, string title, string? detail, string? traceId, IReadOnlyList<ProblemError> errors)
        : base(detail is null ? $"{status} {title}" : $"{status} {title}: {detail}", inner: null) =>
        (Status, Type, Title, Detail, TraceId, Errors) = (status, type, title, detail, traceId, errors);

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>URI of the kind of problem; <c>about:blank</c> when the answer did not say.</summary>
    public string Type { get; }

    /// <summary>The kind of problem, for people.</summary>
    public string Title { get; }

    /// <summary>This problem, for people.</summary>
    public string? Detail { get; }

    /// <summary>Name of the request in the server's log.</summary>
    public string? TraceId { get; }

    /// <summary>Every single thing that is wrong with the request.</summary>
    public IReadOnlyList<ProblemError> Errors { get; }
}

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Pointer">JSON pointer to the place.</param>
/// <param name="Code">What, for programs.</param>
/// <param name="Detail">What, for people.</param>
public sealed record ProblemError(string? Pointer = null, string? Code = null, string? Detail = null);

using System.Diagnostics.CodeAnalysis;

namespace Assay.Sdk;

/// <summary>The server could not be reached, or was not able to answer, as often as it was tried. Nothing is known about the last request.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Always carries how often it was tried and the last failure.")]
public sealed class AssayUnavailableException : AssayException
{
    internal AssayUnavailableException(int attempts, Exception inner)
        : base($"No answer after {attempts} attempt(s): {inner.Message}", inner) => Attempts = attempts;

    /// <summary>How often the request was tried.</summary>
    public int Attempts { get; }
}

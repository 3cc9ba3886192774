namespace Assay.Sdk;

/// <summary>
/// A request that did not succeed: <see cref="AssayProblemException"/> when the server refused it,
/// <see cref="AssayUnavailableException"/> when it could not be reached.
/// </summary>
public abstract class AssayException : Exception
{
    private protected AssayException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>
    /// Receipt of what the same call had delivered before: the first <see cref="Receipt.Received"/> items are done with, the others are to be sent again.
    /// </summary>
    public Receipt Acknowledged { get; internal set; } = Receipt.Empty;
}

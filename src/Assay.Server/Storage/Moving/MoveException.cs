namespace Assay.Server.Storage.Moving;

/// <summary>An installation is not moved, and why; the target is as it was.</summary>
internal sealed class MoveException(string message, Exception? inner = null) : Exception(message, inner);

namespace Assay.Server.Storage;

/// <summary>Another server holds the file.</summary>
internal sealed class StorageInUseException(string message, Exception inner) : IOException(message, inner);

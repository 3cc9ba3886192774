namespace Assay.Server.Storage;

/// <summary>What is stored cannot be what was written.</summary>
internal sealed class DamagedStorageException(string message) : IOException(message);

namespace Assay.Server.Storage.Moving;

/// <summary>A file under the name beside its own, where it is made.</summary>
internal static class PartFile
{
    public static string Of(string path) => $"{path}.part";

    /// <summary>Of two that make the same file the second is refused: an <see cref="IOException"/> says that it is in use.</summary>
    public static IDisposable Lock(string path) =>
        new FileStream($"{Of(path)}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);

    /// <summary>Gives the file its own name, once its content is on disk; then sees the name to the disk, and with it what was done to names before.</summary>
    public static void Keep(string path, bool replaces)
    {
        using var file = File.OpenHandle(Of(path), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
        File.Move(Of(path), path, replaces);
        RandomAccess.FlushToDisk(file);
    }
}

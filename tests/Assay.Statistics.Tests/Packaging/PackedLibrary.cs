using System.IO.Compression;
using System.Xml.Linq;

namespace Assay.Statistics.Tests.Packaging;

/// <summary>src/Assay.Statistics as <c>dotnet pack</c> makes it, in a folder that goes with the tests.</summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-package-");

    public string Feed => Path.Combine(_folder.FullName, "feed");

    /// <summary>An empty folder for a project that uses the package.</summary>
    public string Consumer => _folder.CreateSubdirectory("consumer").FullName;

    public async ValueTask InitializeAsync() => await Command.DotnetAsync(
        GoldenFolder.Repository, "pack", "src/Assay.Statistics", "--no-restore", "--output", Feed, "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false", "-verbosity:quiet");

    /// <summary>Files of the package with that extension, by path, without the envelope of the format.</summary>
    internal IReadOnlyDictionary<string, byte[]> Files(string extension)
    {
        using var archive = ZipFile.OpenRead(Directory.GetFiles(Feed, "*" + extension).Single());
        return archive.Entries
            .Where(entry => !entry.FullName.StartsWith("_rels/", StringComparison.Ordinal) && !entry.FullName.StartsWith("package/", StringComparison.Ordinal) && entry.FullName != "[Content_Types].xml")
            .ToDictionary(entry => entry.FullName, Content, StringComparer.Ordinal);
    }

    internal XElement Metadata()
    {
        var specification = Files(".nupkg")["Assay.Statistics.nuspec"];
        return XDocument.Load(new MemoryStream(specification)).Root!.Elements().Single();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

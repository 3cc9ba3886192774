using Assay.Server.Storage.Moving;

namespace Assay.Server.Cli.Export;

/// <summary>An export on disk: it appears under its name only when it is whole, with its facts beside it, and never beside those of another.</summary>
internal static class UnitFile
{
    /// <summary>The facts of an export to <paramref name="path"/>.</summary>
    public static string FactsOf(string path) => $"{path}.json";

    /// <param name="path">The file, replaced if it is there.</param>
    /// <param name="write">Writes the units and tells their facts; null when there is nothing to export.</param>
    /// <exception cref="IOException">The file cannot be written, or another export to it is on its way.</exception>
    public static async Task<ExportFacts?> WriteAsync(string path, Func<TextWriter, Task<ExportFacts?>> write)
    {
        var told = FactsOf(path);
        using var alone = PartFile.Lock(path);
        try
        {
            ExportFacts? facts;
            await using (var file = new StreamWriter(PartFile.Of(path))) facts = await write(file);
            if (facts is null) return null;
            await File.WriteAllTextAsync(PartFile.Of(told), facts.ToJson(), CancellationToken.None);

            // Whatever ends this half-way, no units are there that the facts are not of.
            File.Delete(path);
            PartFile.Keep(told, replaces: true);
            PartFile.Keep(path, replaces: true);
            return facts;
        }
        finally
        {
            File.Delete(PartFile.Of(path));
            File.Delete(PartFile.Of(told));
        }
    }
}

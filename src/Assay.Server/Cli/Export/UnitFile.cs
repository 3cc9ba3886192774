namespace Assay.Server.Cli.Export;

/// <summary>An export on disk: it appears under its name only when it is whole, with its facts beside it.</summary>
internal static class UnitFile
{
    /// <summary>The facts of an export to <paramref name="path"/>.</summary>
    public static string FactsOf(string path) => $"{path}.json";

    /// <param name="path">The file, replaced if it is there.</param>
    /// <param name="write">Writes the units and tells their facts; null when there is nothing to export.</param>
    public static async Task<ExportFacts?> WriteAsync(string path, Func<TextWriter, Task<ExportFacts?>> write)
    {
        var unfinished = $"{path}.part";
        try
        {
            ExportFacts? facts;
            await using (var file = new StreamWriter(unfinished)) facts = await write(file);
            if (facts is null) return null;
            await File.WriteAllTextAsync(FactsOf(path), facts.ToJson(), CancellationToken.None);
            File.Move(unfinished, path, overwrite: true);
            return facts;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}

// Prints the worked cases of docs/methods: all of them, or those of the pages named, as in
//   dotnet run --project samples/Assay.Samples -- two-proportions planning
using System.Globalization;
using Assay.Samples;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
foreach (var (page, cases) in WorkedCases.ByPage.Where(entry => args.Length == 0 || args.Contains(entry.Page, StringComparer.Ordinal)))
{
    for (var i = 0; i < cases.Count; i++)
    {
        Console.WriteLine($"== {page} {i + 1}");
        cases[i]();
    }
}

using Assay.Server.Storage;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Tests.Storage.Auditing;

public sealed class AuditChainTests
{
    private static readonly AuditEntry First = new(Microseconds.ToTime(1_764_244_800_000_001), "open", "created", "checkout", """{"version":1}""");
    private static readonly AuditEntry Second = new(Microseconds.ToTime(1_764_244_800_000_002), "Zoë", "key_created", null, "{}");

    /// <summary>The hashes are those of five lines of Python that follow the description.</summary>
    [Fact]
    public void Hashes_are_what_anyone_computes_who_reads_how()
    {
        const string first = "4775a2cf74adf724d2841136b29804298fd1b1b55a1563352a906c164c5752d3";
        Assert.Equal(first, AuditChain.Next(AuditChain.Start, First));
        Assert.Equal("92d0080d3c44e91ac3a87ddfb834ba48b72c07b89d306843017fa7bfacf93bc3", AuditChain.Next(first, Second));
        Assert.Equal(AuditChain.Next(first, Second), AuditChain.Fold([First, Second]));
    }

    [Fact]
    public void No_two_entries_are_written_alike()
    {
        AuditEntry[] alike =
        [
            Second, Second with { Experiment = "" }, Second with { Experiment = "-" }, Second with { Actor = "Zo", Action = "ëkey_created" },
            Second with { Actor = "Zoë,11:key_created" }, Second with { Detail = "{} " }, Second with { At = First.At },
        ];
        Assert.Equal(alike.Length, alike.Select(entry => AuditChain.Next(AuditChain.Start, entry)).Distinct(StringComparer.Ordinal).Count());
    }
}

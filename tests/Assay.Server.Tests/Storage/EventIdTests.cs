using Assay.Server.Storage;

namespace Assay.Server.Tests.Storage;

public sealed class EventIdTests
{
    [Theory]
    [InlineData("0190a6f2-7b1c-7d3e-8f00-123456789abc")]
    [InlineData("c56a4180-65aa-42ec-a945-5fd21dec0538")]
    public void A_uuid_is_stored_as_it_is(string id) => Assert.Equal(id, EventId.Of(id).ToString("D"));

    /// <summary>From `printf %s TEXT | sha256sum`, with version and variant put in.</summary>
    [Theory]
    [InlineData("", "e3b0c442-98fc-8c14-9afb-f4c8996fb924")]
    [InlineData("abc", "ba7816bf-8f01-8fea-8141-40de5dae2223")]
    public void Any_other_id_is_a_version_8_of_its_hash(string id, string expected) => Assert.Equal(expected, EventId.Of(id).ToString("D"));

    [Theory]
    [InlineData("C56A4180-65AA-42EC-A945-5FD21DEC0538")]
    [InlineData("c56a418065aa42eca9455fd21dec0538")]
    [InlineData("{c56a4180-65aa-42ec-a945-5fd21dec0538}")]
    [InlineData("c56a4180-65aa-82ec-a945-5fd21dec0538")]
    [InlineData("c56a4180-65aa-42ec-a945-5fd21dec053g")]
    [InlineData("c56a4180-65aa-42ec-a945-5fd21dec0538 ")]
    public void What_would_not_come_back_letter_for_letter_and_a_version_8_of_a_client_are_hashed(string id)
    {
        var stored = EventId.Of(id);
        Assert.Equal(8, stored.Version);
        Assert.NotEqual(id, stored.ToString("D"));
        Assert.NotEqual(stored, EventId.Of(id + "x"));
    }
}

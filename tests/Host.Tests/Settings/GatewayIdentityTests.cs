using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Tests.Settings;

public sealed class GatewayIdentityTests : IDisposable
{
    private const string Machine = "a machine";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void A_copied_directory_is_another_gateway_and_stays_the_same_one_from_then_on()
    {
        var original = GatewayIdentity.ReadOrCreate(Make("original"), Machine);
        Copy("original", "copy");

        var copy = GatewayIdentity.ReadOrCreate(Make("copy"), Machine);

        Assert.NotEqual(original.Id, copy.Id);
        Assert.Equal(original.Id, copy.Was);
        Assert.Equal(new GatewayIdentity(copy.Id), GatewayIdentity.ReadOrCreate(Make("copy"), Machine));
        Assert.Equal(original, GatewayIdentity.ReadOrCreate(Make("original"), Machine));
    }

    [Fact]
    public void A_directory_on_another_machine_is_another_gateway()
    {
        var here = GatewayIdentity.ReadOrCreate(Make("data"), Machine);

        Assert.Equal(here.Id, GatewayIdentity.ReadOrCreate(Make("data"), "another machine").Was);
    }

    [Fact]
    public void The_same_directory_by_another_spelling_is_the_same_gateway()
    {
        var one = GatewayIdentity.ReadOrCreate(Make("data"), Machine);

        var other = Path.Combine(_root.FullName, "copy", "..", "data") + Path.DirectorySeparatorChar;
        Assert.Equal(one, GatewayIdentity.ReadOrCreate(other, Machine));
    }

    [Fact]
    public void An_identity_that_does_not_say_where_it_was_made_is_kept_and_belongs_here_from_now_on()
    {
        var id = $"{Guid.NewGuid():N}";
        File.WriteAllText(Path.Combine(Make("data"), "gateway-id"), id);

        Assert.Equal(new GatewayIdentity(id), GatewayIdentity.ReadOrCreate(Make("data"), Machine));
        Assert.Equal(id, GatewayIdentity.ReadOrCreate(Make("data"), "another machine").Was);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcd")]
    public void A_file_that_holds_no_identity_is_replaced(string content)
    {
        var file = Path.Combine(Make("data"), "gateway-id");
        File.WriteAllText(file, content);

        var made = GatewayIdentity.ReadOrCreate(Make("data"), Machine);

        Assert.Null(made.Was);
        Assert.Equal(made, GatewayIdentity.ReadOrCreate(Make("data"), Machine));
        Assert.Equal([file], Directory.GetFiles(Make("data")));
    }

    private string Make(string name) => _root.CreateSubdirectory(name).FullName;

    private void Copy(string from, string to) =>
        File.Copy(Path.Combine(Make(from), "gateway-id"), Path.Combine(Make(to), "gateway-id"));
}

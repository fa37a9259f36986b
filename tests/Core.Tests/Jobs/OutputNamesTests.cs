using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Jobs;

public sealed class OutputNamesTests
{
    [Theory]
    [InlineData("rembg_00001_.png", "rembg_00001_.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\boot.ini", "boot.ini")]
    [InlineData("/", "output")]
    [InlineData("", "output")]
    [InlineData("..", "output")]
    [InlineData(".hidden", "hidden")]
    [InlineData("a b:c*d?\u00e9\u0000.png", "a_b_c_d___.png")]
    public void A_name_is_the_job_s_the_output_s_and_what_of_ComfyUI_s_is_harmless(string given, string safe) =>
        Assert.Equal($"{AJob.Id}-3-{safe}", NameOf(given));

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var name = NameOf(new string('x', 500) + ".webp");

        Assert.EndsWith("xx.webp", name, StringComparison.Ordinal);
        Assert.InRange(name.Length, 100, 150);
        Assert.InRange(NameOf("x." + new string('y', 500)).Length, 100, 150);
    }

    [Fact]
    public void No_name_leaves_its_folder() => Properties.HoldForScripts(200, script =>
    {
        var name = NameOf(string.Concat(script.Select(step => (char)(step % 0x180))));
        Assert.Equal(name, Path.GetFileName(name));
        Assert.Equal("/safe/" + name, Path.GetFullPath("/safe/" + name));
    });

    private static string NameOf(string fileName) => OutputNames.Of(
        AJob.Id, new JobOutput(3, "9", "images", fileName, new BlobRef(new BlobId("ab"), 3, "image/png")));
}

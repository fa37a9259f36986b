using AkkaComfy.Host.Settings;

namespace AkkaComfy.Host.Tests.Settings;

public sealed class EnvFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    private string EnvFile => Path.Combine(_directory.FullName, ".env");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Values_comments_and_quotes_are_read()
    {
        File.WriteAllText(EnvFile, "# the port\nPORT=4000\nCOMFYUI_HOST=\"gpu:1\"\nLOG_LEVEL=\n");

        var variables = Variables.FromFile(EnvFile);

        Assert.Equal("4000", variables["PORT"]);
        Assert.Equal("gpu:1", variables["COMFYUI_HOST"]);
        Assert.Equal("", variables["LOG_LEVEL"]);
    }

    [Fact]
    public void No_file_is_no_variable() => Assert.Empty(Variables.FromFile(EnvFile));

    [Fact]
    public void A_variable_of_the_process_wins_over_the_file()
    {
        File.WriteAllText(EnvFile, "PATH=from-the-file\nONLY_IN_FILE_AKKACOMFY=1\n");

        var variables = Variables.Load(EnvFile);

        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), variables["PATH"]);
        Assert.Equal("1", variables["ONLY_IN_FILE_AKKACOMFY"]);
        Assert.Null(Environment.GetEnvironmentVariable("ONLY_IN_FILE_AKKACOMFY"));
    }

    [Fact]
    public void A_file_that_cannot_be_parsed_is_refused_by_name()
    {
        File.WriteAllText(EnvFile, "this is no assignment\n");

        var error = Assert.Single(Assert.Throws<InvalidSettingsException>(() => Variables.FromFile(EnvFile)).Errors);

        Assert.Equal(".env", error.Key);
        Assert.Contains("KEY=value", error.Expected, StringComparison.Ordinal);
    }
}

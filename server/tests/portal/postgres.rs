//! A PostgreSQL of our own: a cluster in a temporary directory, on a socket only, ended when dropped.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
}

impl Cluster {
    /// Makes and starts it. Fails loudly where there is no PostgreSQL: `cargo xtask test` brings one.
    pub fn start() -> Self {
        let programs = programs().expect("PostgreSQL's initdb and pg_ctl (cargo xtask test finds or installs them)");
        let folder = tempfile::tempdir().unwrap();
        let cluster = Self { folder, programs };
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(cluster.folder.path()));
        }
        cluster.program("initdb", &["--auth=trust", "--username=durvis", "--no-sync", "-D", &cluster.data()]);
        let socket = cluster.folder.path().display();
        let options = format!("-c listen_addresses='' -c fsync=off -k {socket}");
        let log = format!("{socket}/log");
        cluster.program("pg_ctl", &["-D", &cluster.data(), "-l", &log, "-w", "-t", "30", "-o", &options, "start"]);
        cluster
    }

    pub fn url(&self) -> String {
        let socket = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://durvis@localhost/postgres?host={socket}")
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn program(&self, name: &str, arguments: &[&str]) {
        run(self.command(name).args(arguments));
    }

    /// One of its programs, not as root: PostgreSQL refuses that.
    fn command(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.command("pg_ctl");
        stop.args(["-D", &self.data(), "-m", "immediate", "-w", "-t", "30", "stop"]);
        // Without `run`: a second panic, here, would hide why it did not start.
        let _ = stop.stdout(Stdio::null()).status();
    }
}

fn run(command: &mut Command) {
    // Not piped: the postmaster would hold the pipe open for ever.
    let status = command.stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0")
}

fn programs() -> Option<PathBuf> {
    let named = std::env::var_os("XTASK_POSTGRES").map(PathBuf::from);
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = versions.map(|version| version.path().join("bin")).find(|folder: &PathBuf| has(folder));
    named.or(debian)
}

fn has(folder: &Path) -> bool {
    folder.join("initdb").exists()
}

#!/usr/bin/perl
# sysv.pl: Perl's own IPC::Msg, IPC::SharedMem and IPC::Semaphore at the other end of System V objects.
#   mq-send SEL TYPE TEXT...    mq-recv SEL TYPE [COUNT]: "TYPE TEXT" a line
#   shm-write SEL OFFSET TEXT   shm-read SEL OFFSET LENGTH
#   sem-op SEL NUM:OP[u]...: as sysv-sem-op does   sem-values SEL: all of them on a line
#   stat msg|shm|sem SEL: "FIELD VALUE" lines; the mode is octal   remove msg|shm|sem SEL   ftok PATH PROJ: PROJ is a number
# SEL: an id, or 0xKEY. Status 77 when Perl lacks the modules (Debian package perl); 2 for a usage error.
use strict;
use warnings;

BEGIN {
    unless (eval { require IPC::Msg; require IPC::SharedMem; require IPC::Semaphore; require IPC::SysV; 1 }) {
        print STDERR "Perl lacks IPC::SysV: package perl\n";
        exit 77;
    }
}

$| = 1;

sub usage {
    print STDERR "usage: see the head of $0\n";
    exit 2;
}

sub fail {
    print STDERR "@_: $!\n";
    exit 1;
}

# The modules find an object by its key, a signed number; what they bless afterwards is the id.
sub object {
    my ($kind, $selector) = @_;
    my $by_key = $selector =~ /^0x/;
    my $key = $by_key ? unpack('l', pack 'L', hex $selector) : undef;
    my $id = $selector;
    my $found =
        $kind eq 'msg' ? ($by_key ? IPC::Msg->new($key, 0) : bless \$id, 'IPC::Msg')
      : $kind eq 'sem' ? ($by_key ? IPC::Semaphore->new($key, 0, 0) : bless \$id, 'IPC::Semaphore')
      : $kind eq 'shm' ? ($by_key ? IPC::SharedMem->new($key, 0, 0) : bless { _id => $id }, 'IPC::SharedMem')
      :                  usage();
    return $found || fail($kind, $selector);
}

sub mq_send {
    my ($selector, $type, @texts) = @_;
    my $queue = object('msg', $selector);
    for (@texts) { $queue->snd($type, $_) or fail('snd') }
}

sub mq_recv {
    my ($selector, $type, $count) = @_;
    my $queue = object('msg', $selector);
    for (1 .. $count // 1) {
        my $got = $queue->rcv(my $text, 65536, $type) or fail('rcv');
        print "$got $text\n";
    }
}

sub shm_write {
    my ($selector, $offset, $text) = @_;
    my $memory = object('shm', $selector);
    $memory->attach or fail('attach');
    $memory->write($text, $offset, length $text) or fail('write');
    $memory->detach or fail('detach');
}

sub shm_read {
    my ($selector, $offset, $length) = @_;
    my $memory = object('shm', $selector);
    $memory->attach(IPC::SysV::SHM_RDONLY()) or fail('attach');
    print $memory->read($offset, $length) // fail('read');
}

sub sem_op {
    my ($selector, @texts) = @_;
    my @operations;
    for (@texts) {
        my ($number, $sign, $amount, $undo) = /^(\d+):([-+=])(\d+)(u?)$/ or usage();
        push @operations, $number, $sign eq '-' ? -$amount : $amount, $undo ? IPC::SysV::SEM_UNDO() : 0;
    }
    object('sem', $selector)->op(@operations) or fail('op');
}

sub sem_values {
    my @values = object('sem', $_[0])->getall or fail('getall');
    print "@values\n";
}

my %fields = (
    msg => [qw(uid gid cuid cgid mode qnum qbytes lspid lrpid stime rtime ctime)],
    shm => [qw(uid gid cuid cgid mode segsz lpid cpid nattch atime dtime ctime)],
    sem => [qw(uid gid cuid cgid mode ctime otime nsems)],
);

sub stat_of {
    my ($kind, $selector) = @_;
    my $status = object($kind, $selector)->stat or fail('stat');
    printf $_ eq 'mode' ? "%s %o\n" : "%s %s\n", $_, $status->$_ for @{$fields{$kind}};
}

sub remove {
    my ($kind, $selector) = @_;
    object($kind, $selector)->remove or fail('remove');
}

sub ftok_of {
    my ($path, $project) = @_;
    my $key = IPC::SysV::ftok($path, int $project) // fail('ftok');
    printf "0x%08x\n", $key & 0xffffffff;
}

my %commands = (
    'mq-send' => [\&mq_send, 3], 'mq-recv' => [\&mq_recv, 2],
    'shm-write' => [\&shm_write, 3], 'shm-read' => [\&shm_read, 3],
    'sem-op' => [\&sem_op, 2], 'sem-values' => [\&sem_values, 1],
    'stat' => [\&stat_of, 2], 'remove' => [\&remove, 2], 'ftok' => [\&ftok_of, 2],
);
my $command = $commands{shift @ARGV // ''} // usage();
usage() if @ARGV < $command->[1];
$command->[0]->(@ARGV);
